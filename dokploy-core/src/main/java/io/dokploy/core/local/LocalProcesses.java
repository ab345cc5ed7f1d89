package io.dokploy.core.local;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Processes;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Programs of this JVM's machine. Each starts with a small clean environment (PATH, HOME, proxy settings, and what the
 * command adds); both outputs are merged into lines of bounded length. When the token fires, the time is over or the
 * calling thread is interrupted, the program and all it started are asked to end, then killed, and waited for.
 * Thread-safe; lines come from a thread of the program's own, all of them before the call returns.
 */
public final class LocalProcesses implements Processes {

    private static final List<String> INHERITED = List.of(
            "PATH",
            "HOME",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "all_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY");
    /** How long output is waited for that a child holds open which outlives its program. */
    private static final int OUTPUT_GRACE_SECONDS = 2;

    private final CancelToken cancelToken;
    private final UnaryOperator<String> mask;

    /**
     * Programs that end with that token.
     *
     * @param mask applied to every line, before the command's own secrets are masked as well
     */
    public LocalProcesses(CancelToken cancelToken, UnaryOperator<String> mask) {
        this.cancelToken = cancelToken;
        this.mask = mask;
    }

    @Override
    public int run(ProcessCommand command, Consumer<String> output) {
        cancelToken.throwIfCancelled();
        Process process = start(command);
        ProcessTree tree = new ProcessTree(process.toHandle());
        var own = SecretMask.of(command.secrets().values());
        var lines = new LineReader(line -> own.apply(mask.apply(line)), output);
        CompletableFuture<Void> reading = read(process, lines);
        CompletableFuture<Object> first = CompletableFuture.anyOf(end(process), failureOf(reading));
        try (var registration = cancelToken.onCancel(() -> first.complete(process))) {
            first.get(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            cancelToken.throwIfCancelled();
            awaitOutput(reading);
            return process.exitValue();
        } catch (TimeoutException e) {
            throw new DeadlineException(
                    subject(command),
                    "did not end within " + command.timeout().toSeconds() + " s and was ended",
                    "Look at its output; allow more time if it only is slow.",
                    e);
        } catch (ExecutionException e) {
            throw failure(command, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(subject(command), "the waiting thread was interrupted", "Try again.", e);
        } finally {
            if (process.isAlive()) {
                tree.end();
            }
            lines.stop();
        }
    }

    /** Not by {@link Process#onExit}: that needs the JVM's common pool, which the host may keep busy for long. */
    private static CompletableFuture<Integer> end(Process process) {
        var ended = new CompletableFuture<Integer>();
        var thread = new Thread(
                () -> {
                    try {
                        ended.complete(process.waitFor());
                    } catch (InterruptedException e) {
                        ended.completeExceptionally(e);
                    }
                },
                "dokploy-program-end");
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    /** Never completes normally, so that only a failure counts beside the program's end. */
    private static CompletableFuture<Object> failureOf(CompletableFuture<Void> reading) {
        CompletableFuture<Object> failure = new CompletableFuture<>();
        reading.whenComplete((nothing, problem) -> {
            if (problem != null) {
                failure.completeExceptionally(problem);
            }
        });
        return failure;
    }

    private static Process start(ProcessCommand command) {
        ProcessBuilder builder = new ProcessBuilder(command.arguments())
                .directory(command.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment(command));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UserErrorException(
                    Failure.user(
                            "program-not-started",
                            subject(command),
                            String.valueOf(e.getMessage()),
                            "Install the program, or put its directory into this process's PATH."),
                    e);
        }
    }

    private static Map<String, String> environment(ProcessCommand command) {
        Map<String, String> environment = new HashMap<>();
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("LC_ALL", "C.UTF-8");
        environment.putAll(command.environment());
        command.secrets().forEach((name, secret) -> environment.put(name, secret.reveal()));
        return environment;
    }

    private static CompletableFuture<Void> read(Process process, LineReader lines) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (var stream = process.getInputStream()) {
                        lines.readAll(stream);
                        done.complete(null);
                    } catch (IOException e) {
                        // Closed under the reader because the program was ended: its output is over.
                        done.complete(null);
                    } catch (RuntimeException | Error e) {
                        done.completeExceptionally(e);
                    }
                },
                "dokploy-output-" + process.pid());
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void awaitOutput(CompletableFuture<Void> reading) throws InterruptedException, ExecutionException {
        try {
            reading.get(OUTPUT_GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // A child that went into the background holds the output; what the program itself wrote has been read.
        }
    }

    /** Whoever takes the lines failed. */
    private static RuntimeException failure(ProcessCommand command, Throwable cause) {
        if (cause instanceof RuntimeException problem) {
            return problem;
        }
        return new TemporaryException(
                Failure.temporary("output-not-read", subject(command), String.valueOf(cause), "Try again."), cause);
    }

    private static String subject(ProcessCommand command) {
        return "program " + command.arguments().get(0);
    }
}
