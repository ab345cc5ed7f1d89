package io.dokploy.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link BackupProgram}. */
final class BackupProcess implements AutoCloseable {

    private static final int MINUTES_TO_CLEAR_UP = 3;

    private final Path directory;
    private final BenchmarkedEngine engine;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    /** Starts it with that heap and waits until its database is filled. */
    BackupProcess(Path directory, URI server, BenchmarkedEngine engine, int megabytes, String heap) throws IOException {
        this.directory = directory;
        this.engine = engine;
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                // What it has in memory is then the same from the beginning, but for what grows.
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                BackupProgram.class.getName(),
                directory.resolve("store").toString(),
                server.toString(),
                engine.name(),
                Integer.toString(megabytes)));
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        if (!"ready".equals(answers.readLine())) {
            throw new IOException("the library's side did not get ready");
        }
    }

    /** Milliseconds. */
    long backUp() throws IOException {
        return ask("backup");
    }

    /** Milliseconds. */
    long restore() throws IOException {
        return ask("restore");
    }

    long peakKilobytes() throws IOException {
        return ask("memory");
    }

    private long ask(String command) throws IOException {
        commands.println(command);
        var answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the library's side ended at " + command);
        }
        return Long.parseLong(answer);
    }

    /** The container of its database. */
    String container() {
        return Program.run(
                        directory,
                        "docker",
                        "ps",
                        "--quiet",
                        "--filter",
                        "label=io.dokploy.run.pid=" + process.pid(),
                        "--filter",
                        "ancestor=" + engine.image())
                .strip();
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(MINUTES_TO_CLEAR_UP, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("the library's side did not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
