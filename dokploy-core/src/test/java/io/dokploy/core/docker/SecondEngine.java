package io.dokploy.core.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An engine of a test's own beside that of the machine ({@code rig/engine/second}); closing removes all of it. */
public final class SecondEngine implements AutoCloseable {

    private static final String SUBNETS = "10.219";

    private final String name;
    private final Path socket;

    private SecondEngine(String name, Path socket) {
        this.name = name;
        this.socket = socket;
    }

    /** Starts one. The arguments are those of {@code rig/engine/second start}: {@code --old}, {@code -- -H …}. */
    public static SecondEngine start(String name, String... arguments) {
        var own = name + "-" + ProcessHandle.current().pid();
        var command = new ArrayList<>(List.of(
                "start", own, "--owner", String.valueOf(ProcessHandle.current().pid())));
        command.addAll(List.of(arguments));
        boolean started = false;
        try {
            var lines = rig(command).strip().lines().toList();
            started = true;
            return new SecondEngine(own, Path.of(lines.get(lines.size() - 1)));
        } finally {
            if (!started) {
                rig(List.of("stop", own));
            }
        }
    }

    /** A client of it. Its networks have subnets that the machine's engine does not use: both are on one machine. */
    public DockerEngine connect(DockerTools tools) {
        return DockerEngine.connect(DockerEndpoint.unix(socket), tools.subnets(SUBNETS));
    }

    /** Copies images of the machine's engine into it. */
    public SecondEngine with(String... images) {
        var command = new ArrayList<>(List.of("load", name));
        command.addAll(List.of(images));
        rig(command);
        return this;
    }

    @Override
    public void close() {
        rig(List.of("stop", name));
    }

    private static String rig(List<String> arguments) {
        try {
            var log = Files.createTempFile("second-engine", ".log");
            var command = new ArrayList<>(List.of(program().toString()));
            command.addAll(arguments);
            var process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            var problems = Files.readString(log);
            Files.delete(log);
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit + ": " + problems);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Path program() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var program = folder.resolve("rig/engine/second");
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        throw new IllegalStateException("rig/engine/second is not above the working directory");
    }
}
