package io.dokploy.core.acceptance;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks at something all the time until it is closed; a look that failed is an error, since it was the last. */
final class Watch implements AutoCloseable {

    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> looking;

    Watch(String name, Duration pause, Runnable look) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
        looking = timer.scheduleWithFixedDelay(look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    void requireOngoing() {
        if (looking.isDone()) {
            try {
                looking.get();
            } catch (ExecutionException e) {
                throw new AssertionError("nobody looks any more", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }
}
