package io.dokploy.core.database;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database server that an administrator has started with docker, and fills as its owner. Closing removes it. */
final class ForeignServer implements AutoCloseable {

    static final String LABEL = "com.example.database";

    private final String name = "legacy-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> client;

    /**
     * @param container options, image and arguments, as {@code docker run} takes them
     * @param client    program and arguments, which read statements
     * @param question  a statement whose answer is 4711
     */
    ForeignServer(List<String> container, List<String> client, String question) {
        this.client = client;
        var run = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--name",
                name,
                "--label",
                LABEL + "=" + name,
                "--label",
                "io.dokploy.run=test",
                "--label",
                "io.dokploy.run.pid=" + ProcessHandle.current().pid()));
        run.addAll(container);
        DockerCli.run(run.toArray(String[]::new));
        // By TCP: while the image makes the data directory, its server listens on a socket only.
        await().atMost(Duration.ofMinutes(2)).until(() -> answers(question));
    }

    String name() {
        return name;
    }

    private boolean answers(String statement) {
        try {
            return run(statement).contains("4711");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Gives its client statements. @return what it prints */
    String run(String statements) {
        try {
            var command = new ArrayList<>(List.of("docker", "exec", "--interactive", name));
            command.addAll(client);
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var input = process.getOutputStream()) {
                input.write(statements.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The exit code says why it does not read.
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What would be another after a restart, a new container or a change of its settings. */
    String state() {
        // The engine tells of mounts in any order.
        return inspected("{{.Id}} {{.State.Status}} {{.State.StartedAt}} {{.RestartCount}} {{json .Config}}")
                + inspected("{{range .Mounts}}{{json .}}{{println}}{{end}}")
                        .lines()
                        .sorted()
                        .toList();
    }

    private String inspected(String format) {
        return DockerCli.run("inspect", "--format", format, name);
    }

    @Override
    public void close() {
        DockerCli.run("rm", "--force", "--volumes", name);
    }
}
