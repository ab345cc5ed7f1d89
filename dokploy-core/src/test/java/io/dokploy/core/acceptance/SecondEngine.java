package io.dokploy.core.acceptance;

import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.engine.ContainerEngine;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An engine beside the main one, that a test may restart and kill; {@code rig/engine/second}. */
final class SecondEngine implements AutoCloseable {

    /** Not that of the main engine's networks: both are on one machine. */
    private static final String SUBNETS = "10.215";

    private final String name;
    private final String socket;

    private SecondEngine(String name, String socket) {
        this.name = name;
        this.socket = socket;
    }

    /** Starts it, with copies of these images. */
    static SecondEngine start(String name, String... images) {
        var pid = Long.toString(ProcessHandle.current().pid());
        var engine = new SecondEngine(
                name,
                second("start", name, "--owner", pid)
                        .strip()
                        .lines()
                        .reduce((first, last) -> last)
                        .orElseThrow());
        var load = new ArrayList<>(List.of("load", name));
        load.addAll(List.of(images));
        second(load.toArray(String[]::new));
        return engine;
    }

    /** A connection of its own. */
    ContainerEngine connect(Path workspaces) {
        return DockerEngine.connect(
                new DockerEndpoint(URI.create("unix://" + socket), java.util.Optional.empty()),
                DockerTools.installed(workspaces).subnets(SUBNETS));
    }

    void restart() {
        second("restart", name);
    }

    /** Kills the engine hard, what it runs included, and starts it again. */
    void killAndStart() {
        second("restart", name, "--kill");
    }

    String docker(String... arguments) {
        var command = new ArrayList<>(List.of("docker", "--host", "unix://" + socket));
        command.addAll(List.of(arguments));
        return Site.run(command);
    }

    @Override
    public void close() {
        second("stop", name);
    }

    private static String second(String... arguments) {
        var command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(arguments));
        return Site.run(command);
    }

    private static Path script() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var script = folder.resolve("rig/engine/second");
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new IllegalStateException(
                "rig/engine/second is not above " + Path.of("").toAbsolutePath());
    }
}
