package io.dokploy.core.deploy;

import io.dokploy.api.ExecSession;
import io.dokploy.api.LogStream;
import io.dokploy.spi.Deployer.CommandResult;
import io.dokploy.spi.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a command's output, gathered while it runs. */
final class OutputTail {

    private static final int LINES_KEPT = 30;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Progress progress;
    private final Deque<String> lines = new ArrayDeque<>();

    OutputTail(Progress progress) {
        this.progress = progress;
    }

    /** Reads both outputs of a session until it ends. */
    static CommandResult of(ExecSession session, Duration timeout) {
        var tail = new OutputTail(Progress.none());
        var stdout = start("dokploy-exec-stdout", () -> tail.read(session.stdout()));
        var stderr = start("dokploy-exec-stderr", () -> tail.read(session.stderr()));
        int exitCode = session.awaitExit(timeout);
        finish(stdout);
        finish(stderr);
        return new CommandResult(exitCode, tail.lines());
    }

    /** Reads a container's output in a thread that ends with it. */
    Thread follow(LogStream logs) {
        return start("dokploy-command-output", () -> logs.forEachRemaining(line -> add(line.text())));
    }

    /** Waits a moment for the last lines, which may come after the exit. */
    static void finish(Thread reader) {
        try {
            reader.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(String name, Runnable action) {
        var thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(InputStream stream) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException | UncheckedIOException e) {
            add("(output ended early: " + e.getMessage() + ")");
        }
    }

    private void add(String line) {
        progress.line(line);
        synchronized (lines) {
            lines.addLast(line);
            if (lines.size() > LINES_KEPT) {
                lines.removeFirst();
            }
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
