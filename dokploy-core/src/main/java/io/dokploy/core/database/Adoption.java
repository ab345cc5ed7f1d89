package io.dokploy.core.database;

import io.dokploy.api.database.AdoptedDatabase.Server;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.ServerAddress;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.Secret;
import io.dokploy.core.deploy.Labels;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.AdoptsServers;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.engine.ContainerInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that is not ours is asked whether it is there and lets us in. Nothing of it is ever changed. */
public final class Adoption {

    /** The code of what is refused, since the server is not ours. */
    public static final String CODE = "adopted-database";

    private final DatabaseJob job;
    private final AdoptsServers plugin;

    Adoption(DatabaseJob job) {
        this.job = job;
        this.plugin = Capability.of(AdoptsServers.class, job.known());
    }

    /**
     * Where the server is.
     *
     * @param port of the engine, on which a server in a container listens
     * @throws NotFoundException  if there is no such container, or more than one
     * @throws UserErrorException if the container is ours
     */
    public static ServerAddress find(Platform platform, Server server, int port, String subject) {
        if (server instanceof Server.At at) {
            return at.address();
        }
        var found = server instanceof Server.Labelled labelled
                ? platform.engine().list(Map.of(labelled.label(), labelled.value())).stream()
                        .filter(ContainerInfo::isRunning)
                        .toList()
                : platform.engine().inspect(((Server.InContainer) server).name()).stream()
                        .toList();
        if (found.size() != 1) {
            throw new NotFoundException(
                    subject,
                    "the server is looked for in one container, but there are "
                            + found.stream().map(ContainerInfo::name).toList(),
                    "Say its name, or a label that only this one has, and see that it runs.");
        }
        var container = found.get(0);
        if (container.labels().containsKey(Labels.INSTANCE)) {
            throw new UserErrorException(Failure.user(
                    "not-foreign",
                    subject,
                    "container " + container.name() + " belongs to a Dokploy already",
                    "Use the database under the name that it has there."));
        }
        return new ServerAddress(container.name(), port);
    }

    /** @throws UserErrorException if somebody else runs it. @param instead what to do */
    public static void requireOurs(Database database, String instead) {
        if (database.adopted()) {
            throw new UserErrorException(Failure.user(
                    CODE,
                    "database " + KnownDatabase.subject(database),
                    "it was adopted: its server is not ours, and is not changed",
                    instead));
        }
    }

    /** @throws UserErrorException if it is ours */
    public static void requireAdopted(Database database) {
        if (!database.adopted()) {
            throw new UserErrorException(Failure.user(
                    "not-adopted",
                    "database " + KnownDatabase.subject(database),
                    "it was not adopted: its password is kept here, and not told",
                    "Use changePassword."));
        }
    }

    /** Asks the server what it is, first with any tools and then with those that fit. */
    Database run() {
        job.operation().step("connect");
        var told = version(job.known());
        var tag = plugin.tagFor(told)
                .orElseThrow(() -> new UserErrorException(Failure.user(
                        "wrong-engine",
                        job.subject(),
                        "the server there is no " + job.database().engine() + " of a version that is known; it says "
                                + told,
                        "Adopt it with the engine that it is.")));
        var wanted = job.database().spec().version().orElse(tag);
        plugin.check(job.database().spec(), wanted);
        requireNotOlder(wanted, tag, told);
        version(job.known().ofVersion(wanted));
        job.say("The server says that it is of version " + told + "; its tools are those of " + job.image(wanted));
        return job.platform()
                .store()
                .databases()
                .setGeneration(job.database().id(), job.database().generation(), wanted);
    }

    private void requireNotOlder(String wanted, String tag, String told) {
        if (VersionChange.of(plugin, tag, wanted).kind() == VersionChange.Kind.DOWNGRADE) {
            throw new UserErrorException(Failure.user(
                    "older-tools",
                    job.subject(),
                    "tools of version " + wanted + " cannot dump a server of version " + told,
                    "Leave the version out: then the tools are those of the server's."));
        }
    }

    /** Keeps that password, once the server has accepted it. */
    void usePassword(Secret password) {
        job.operation().step("connect");
        try (var tools = job.tools()) {
            version(tools, job.login().with(password));
        }
        var table = job.platform().store().databases();
        table.setNextPassword(job.database().id(), Optional.of(password));
        table.adoptNextPassword(job.database().id());
    }

    private String version(KnownDatabase known) {
        try (var tools = job.tools(known)) {
            return version(tools, known.login());
        }
    }

    private String version(Tools tools, Login login) {
        try {
            return tools.server().ask(plugin.serverVersion(login)).strip();
        } catch (DokployException e) {
            job.context().cancelToken().throwIfCancelled();
            throw new UserErrorException(
                    Failure.user(
                            "not-reached",
                            job.subject(),
                            "the server at " + job.database().spec().adopted().orElseThrow()
                                    + " cannot be used from the network of the environment: "
                                    + e.failure().reason(),
                            remedy(job.context())),
                    e);
        }
    }

    /** Who sees a container by its name thinks that others do too. */
    private String remedy(PluginContext context) {
        var host = job.database().spec().adopted().orElseThrow().host();
        var network = job.network();
        var isElsewhere = context.engine()
                .inspect(host)
                .filter(container -> !container.networks().containsKey(network))
                .isPresent();
        return isElsewhere
                ? "The container " + host + " is not in that network. Put it there: "
                        + String.join(" ", List.of("docker network connect", network, host))
                : "Correct address and login, or let that network in.";
    }
}
