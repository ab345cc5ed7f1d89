package io.dokploy.core.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks at containers as an administrator does. */
public final class DockerCli {

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
        return run("ps", "--quiet", "--filter", "label=io.dokploy.app.name=" + database)
                .strip();
    }
}
