package io.dokploy.core.database;

import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.error.DokployException;
import io.dokploy.core.deploy.Labels;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.ArchivesLog;
import io.dokploy.spi.database.ArchivesLog.Receiver;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.ContainerSpec.EngineMount;
import io.dokploy.spi.engine.NetworkAttachment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * The container that receives the log of the generation that serves. It goes on while no program of ours runs; its volume
 * keeps what is not stored yet. Every method can be repeated.
 */
public final class LogReceiver {

    private static final String ROOT = "0";

    private final KnownDatabase known;
    private final PluginContext context;
    private final ContainerEngine engine;
    private final Placement placement;
    private final Receiver receiver;
    private final ArchivesLog plugin;

    /**
     * That of the generation that serves.
     *
     * @throws io.dokploy.api.error.UserErrorException if the engine has no such log
     */
    public LogReceiver(KnownDatabase known, PluginContext context) {
        this.known = known;
        this.context = context;
        this.engine = context.engine();
        this.placement = known.placement().receiver();
        this.plugin = Capability.of(ArchivesLog.class, known);
        this.receiver = plugin.receiver(known.server(known.placement(), context).reachedBy(known.login()));
    }

    /** Makes it, if it is not there, and sees that it runs and knows the password of now. */
    public void ensure() {
        var found = engine.inspect(placement.container());
        if (found.isEmpty()) {
            create();
        }
        DatabaseServer.copy(receiver.files(), "", placement.container(), engine);
        if (!found.map(ContainerInfo::isRunning).orElse(false)) {
            engine.start(placement.container());
        }
    }

    private void create() {
        var database = known.database();
        var network = known.network(context);
        engine.ensureVolume(placement.volume(), placement.labels());
        engine.create(ContainerSpec.of(placement.container(), known.image(database.engineVersion()))
                .command(receiver.command())
                .environment(receiver.environment())
                .labels(placement.labels())
                .user(ROOT)
                .restart(RestartPolicy.UNLESS_STOPPED)
                .logs(database.spec().logs())
                .mount(new EngineMount(placement.volume(), receiver.folder(), false))
                .network(network, NetworkAttachment.plain())
                .build());
    }

    /** The closed segments in its folder, in the order in which they were written. */
    public List<String> segments() {
        try (var session = reading(EngineCommand.of("ls", "-1", receiver.folder()))) {
            return session.answer(DatabaseServer.SHORT)
                    .lines()
                    .filter(plugin::isSegment)
                    .sorted()
                    .toList();
        }
    }

    /** The same; none if it does not run: one that never reached its server, which is gone now, has received nothing. */
    public List<String> segmentsIfRunning() {
        boolean isRunning = engine.inspect(placement.container())
                .filter(ContainerInfo::isRunning)
                .isPresent();
        try {
            return isRunning ? segments() : List.of();
        } catch (DokployException e) {
            // It is started again and again, and was just between two starts.
            context.progress().line("The end of a former log cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    /** Begins to read a segment. */
    public EngineSession read(String segment) {
        return reading(EngineCommand.of("cat", receiver.folder() + "/" + segment));
    }

    /** Removes segments from its folder; the newest must stay, since it is what tells the receiver where to go on. */
    public void drop(List<String> segments) {
        if (!segments.isEmpty()) {
            var command = new ArrayList<>(List.of("rm", "-f"));
            segments.forEach(segment -> command.add(receiver.folder() + "/" + segment));
            try (var session = reading(EngineCommand.of(command.toArray(String[]::new)))) {
                session.requireSuccess(DatabaseServer.SHORT);
            }
        }
    }

    private EngineSession reading(EngineCommand command) {
        return EngineSession.start(engine, placement.container(), "log of " + known.subject(), command);
    }

    /** Removes those of former generations, with their volumes. */
    public void removeFormer() {
        remove(other -> !other.equals(placement.container()) && !other.equals(placement.volume()));
    }

    /** Removes those of all generations, with their volumes. */
    public void remove() {
        remove(any -> true);
    }

    private void remove(Predicate<String> names) {
        var filter =
                new HashMap<>(Placement.everythingOf(known.platform().store().instance(), known.database()));
        filter.put(Labels.ROLE, Placement.ROLE_LOG);
        engine.list(filter).stream().map(ContainerInfo::name).filter(names).forEach(engine::remove);
        engine.listVolumes(filter).stream().filter(names).forEach(engine::removeVolume);
    }
}
