package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks at containers as an administrator does. */
public final class DockerCli {

    /** Others may test on the same engine at the same time, with databases of the same name. */
    private static final String MINE =
            "label=io.dokploy.run.pid=" + ProcessHandle.current().pid();

    private DockerCli() {}

    /** All that {@code docker} with these arguments writes. */
    public static String run(String... arguments) {
        try {
            var command = new ArrayList<>(List.of("docker"));
            command.addAll(List.of(arguments));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the container in which a database runs. */
    public static String containerOf(String database) {
        return run("ps", "--quiet", "--filter", "label=" + named(database), "--filter", MINE)
                .strip();
    }

    /** The ids of all containers of this test run that have that label, {@code name=value}. */
    public static List<String> containers(String label) {
        return run("ps", "--all", "--quiet", "--filter", "label=" + label, "--filter", MINE)
                .lines()
                .toList();
    }

    /** The names of all volumes of this test run that have that label, {@code name=value}. */
    public static List<String> volumes(String label) {
        return run("volume", "ls", "--quiet", "--filter", "label=" + label, "--filter", MINE)
                .lines()
                .toList();
    }

    /** Puts a container into the network of this test run's environment. */
    public static void connect(String container) {
        var network = run("network", "ls", "--quiet", "--filter", "label=io.dokploy.role=network", "--filter", MINE)
                .strip();
        run("network", "connect", network, container);
    }

    /** The label that a database's containers and volumes have. */
    public static String named(String database) {
        return "io.dokploy.app.name=" + database;
    }

    /** Kills a program that runs in a container; comes back when it is gone. */
    public static void killInside(String container, String program) {
        assertThat(processes(container)).contains(program);
        // Not attached, since the engine may tell of an end only when somebody reads the output of all that run there.
        run("exec", "--detach", container, "sh", "-c", """
                for p in /proc/[0-9]*; do
                  read -r name <$p/comm && [ "$name" = "$0" ] && kill -9 ${p#/proc/}
                done
                """, program);
        await().until(() -> !processes(container).contains(program));
    }

    /** Kills a container; comes back when its processes are gone, though the engine may tell of its end only later. */
    public static void kill(String container) {
        try {
            new ProcessBuilder("docker", "kill", container).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().until(() -> processes(container).lines().count() <= 1);
    }

    private static String processes(String container) {
        return run("top", container, "-eo", "pid,comm");
    }
}
