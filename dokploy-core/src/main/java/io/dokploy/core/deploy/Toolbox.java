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

    private static final Duration SHORT = Duration.ofSeconds(10);

    private final String image;

    Toolbox(String image) {
        this.image = image;
    }

    /** How many connections the containers of a release have accepted and not yet ended; empty if that cannot be seen. */
    Optional<Integer> connections(
            ApplicationRef application, ReleaseId release, List<ContainerInfo> containers, PluginContext context) {
        int open = 0;
        for (ContainerInfo container : containers) {
            if (!container.isRunning()) {
                continue;
            }
            var table = read(application, release, container, context, "cat", "/proc/net/tcp", "/proc/net/tcp6");
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
        var address = process.address().orElse("127.0.0.1");
        var application = new ApplicationRef(
                label(container.get(), Labels.INSTANCE),
                new io.dokploy.api.ApplicationId(label(container.get(), Labels.APPLICATION)),
                "",
                "",
                label(container.get(), Labels.NAME));
        try (var session = context.engine()
                .exec(
                        ensure(application, process.release(), container.get(), context.engine()),
                        // Not every busybox has nc's option -z; each one runs a program once it is connected.
                        ExecRequest.of("nc", "-w", "2", address, Integer.toString(port), "-e", "true"))) {
            return session.awaitExit(SHORT) == 0;
        }
    }

    private Optional<String> read(
            ApplicationRef application,
            ReleaseId release,
            ContainerInfo container,
            PluginContext context,
            String... command) {
        var engine = context.engine();
        try (var session = engine.exec(ensure(application, release, container, engine), ExecRequest.of(command))) {
            return Optional.of(new String(session.stdout().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (DokployException e) {
            context.progress().line("The connections of " + container.name() + " cannot be counted: " + e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ensure(
            ApplicationRef application, ReleaseId release, ContainerInfo container, ContainerEngine engine) {
        var name = container.name() + "-probe";
        var existing = engine.inspect(name);
        if (existing.isPresent() && existing.get().isRunning()) {
            return existing.get().id();
        }
        existing.ifPresent(dead -> engine.remove(dead.id()));
        var labels = new HashMap<>(Labels.ofApplication(application));
        labels.put(Labels.RELEASE, release.value());
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

    private static String label(ContainerInfo info, String label) {
        return info.labels().getOrDefault(label, "");
    }
}
