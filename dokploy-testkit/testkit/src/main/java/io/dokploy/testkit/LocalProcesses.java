package io.dokploy.testkit;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.DefectException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs programs on this machine for a test, as a plugin may expect it: clean environment, masked output, cancellable. */
final class LocalProcesses implements Processes {

    private final CancelToken cancelToken;

    LocalProcesses(CancelToken cancelToken) {
        this.cancelToken = cancelToken;
    }

    @Override
    public int run(ProcessCommand command, Consumer<String> output) {
        cancelToken.throwIfCancelled();
        Process process = start(command);
        try (var registration = cancelToken.onCancel(() -> end(process))) {
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(process, command, output));
            if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeadlineException(
                        "program " + command.arguments().get(0),
                        "it has not ended within " + command.timeout(),
                        "Give it more time.");
            }
            reading.join();
            cancelToken.throwIfCancelled();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    "program " + command.arguments().get(0), "the wait was interrupted", "Run it again.", e);
        } finally {
            end(process);
        }
    }

    private static Process start(ProcessCommand command) {
        var builder = new ProcessBuilder(command.arguments())
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        var environment = builder.environment();
        environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        environment.putAll(command.environment());
        command.secrets().forEach((name, secret) -> environment.put(name, secret.reveal()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new DefectException(
                    Failure.user(
                            "program-missing",
                            "program " + command.arguments().get(0),
                            "it cannot be started: " + e.getMessage(),
                            "Install it, or give the test context processes of its own."),
                    e);
        }
    }

    private static void read(Process process, ProcessCommand command, Consumer<String> output) {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String masked = line;
                for (Secret secret : command.secrets().values()) {
                    masked = secret.reveal().isEmpty() ? masked : masked.replace(secret.reveal(), Secret.MASK);
                }
                output.accept(masked);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
