package io.dokploy.core.database;

import io.dokploy.api.ExecSession;
import io.dokploy.api.database.StatementResult;
import io.dokploy.api.error.DeadlineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives statements to a client that was opened for them, and keeps the beginning of what it says. */
final class StatementRun {

    private static final int KEPT = 1 << 20;

    private final String subject;
    private final ExecSession session;

    StatementRun(String subject, ExecSession session) {
        this.subject = subject;
        this.session = session;
    }

    StatementResult run(String statements, Duration timeout) {
        Executor threads = task -> {
            var thread = new Thread(task, "dokploy-statements");
            thread.setDaemon(true);
            thread.start();
        };
        var output = CompletableFuture.supplyAsync(() -> read(session.stdout()), threads);
        var errors = CompletableFuture.supplyAsync(() -> read(session.stderr()), threads);
        var written = CompletableFuture.runAsync(() -> write(statements), threads);
        try {
            CompletableFuture.allOf(output, errors, written).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new StatementResult(
                    session.awaitExit(timeout),
                    output.join().text,
                    errors.join().text,
                    output.join().cut || errors.join().cut);
        } catch (TimeoutException e) {
            throw new DeadlineException(
                    subject,
                    "its client was not done within " + timeout.toSeconds() + " s and was given up",
                    "Give it more time, or less to do.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted while statements ran");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the client of " + subject + " cannot be read", e.getCause());
        }
    }

    private record Kept(String text, boolean cut) {}

    private static Kept read(InputStream stream) {
        try (stream) {
            var kept = stream.readNBytes(KEPT);
            boolean cut = stream.transferTo(OutputStream.nullOutputStream()) > 0;
            return new Kept(new String(kept, StandardCharsets.UTF_8), cut);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A client that stops at a mistake does not read the rest: its exit code and its complaints say why. */
    private void write(String statements) {
        try (OutputStream input = session.stdin()) {
            input.write(statements.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // said by the exit code
        }
    }
}
