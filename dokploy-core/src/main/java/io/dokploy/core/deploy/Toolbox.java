package io.dokploy.core.deploy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.core.net.TcpTable;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer.Process;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.NetworkAttachment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Looks into the network of a container whose image may hold no tools at all, by a small container that shares the
 * network. It is made when needed and removed with the release.
 */
final class Toolbox {

    /** The labels of a container that the one beside it has too. */
    private static final List<String> TAKEN_OVER = List.of(Labels.INSTANCE, Labels.APPLICATION, Labels.RELEASE);

    private static final Duration SHORT = Duration.ofSeconds(10);

    private final String image;

    Toolbox(String image) {
        this.image = image;
    }

    /** How many connections the containers of a release have accepted and not yet ended; empty if that cannot be seen. */
    Optional<Integer> connections(List<ContainerInfo> containers, PluginContext context) {
        int open = 0;
        for (ContainerInfo container : containers) {
            if (!container.isRunning()) {
                continue;
            }
            var table = read(container, context, "cat", "/proc/net/tcp", "/proc/net/tcp6");
            if (table.isEmpty()) {
                return Optional.empty();
            }
            open += TcpTable.parse(table.get()).accepted();
        }
        return Optional.of(open);
    }

    /** Whether the container accepts a connection; asked from its own network, where nothing is in between. */
    boolean acceptsTcp(Process process, int port, PluginContext context) {
        var container = context.engine().inspect(process.id());
        if (container.isEmpty() || !container.get().isRunning()) {
            return false;
        }
        var engine = context.engine();
        var tools = ensure(container.get(), engine);
        if (!connects(tools, process.address().orElse("127.0.0.1"), port, engine)) {
            return false;
        }
        // A check ends with its first success; after a failure the release is retired, and this with it.
        engine.remove(tools);
        return true;
    }

    /** Not every busybox has nc's option -z; each one runs a program once it is connected. */
    private static boolean connects(String tools, String address, int port, ContainerEngine engine) {
        var command = ExecRequest.of("nc", "-w", "2", address, Integer.toString(port), "-e", "true");
        try (var session = engine.exec(tools, command)) {
            return session.awaitExit(SHORT) == 0;
        }
    }

    private Optional<String> read(ContainerInfo container, PluginContext context, String... command) {
        var engine = context.engine();
        try (var session = engine.exec(ensure(container, engine), ExecRequest.of(command))) {
            return Optional.of(new String(session.stdout().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (DokployException e) {
            context.progress().line("The connections of " + container.name() + " cannot be counted: " + e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ensure(ContainerInfo container, ContainerEngine engine) {
        var name = container.name() + "-probe";
        var existing = engine.inspect(name);
        if (existing.isPresent() && existing.get().isRunning()) {
            return existing.get().id();
        }
        existing.ifPresent(dead -> engine.remove(dead.id()));
        var labels = new HashMap<>(container.labels());
        labels.keySet().retainAll(TAKEN_OVER);
        labels.put(Labels.ROLE, Labels.ROLE_PROBE);
        var id = engine.create(ContainerSpec.of(name, image)
                .command(List.of("sleep"))
                .arguments(List.of("3600"))
                .labels(labels)
                .network("container:" + container.id(), NetworkAttachment.plain())
                .build());
        engine.start(id);
        return id;
    }

    /** Removes what was made for a release. */
    void close(ApplicationRef application, ReleaseId release, ContainerEngine engine) {
        var filter = new HashMap<>(Labels.ofApplication(application));
        filter.put(Labels.RELEASE, release.value());
        filter.put(Labels.ROLE, Labels.ROLE_PROBE);
        engine.list(filter).forEach(info -> engine.remove(info.id()));
    }
}
