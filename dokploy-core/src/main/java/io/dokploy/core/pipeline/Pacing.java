package io.dokploy.core.pipeline;

import io.dokploy.spi.CancelToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The time, and waiting for something to happen. Looks often at first, since most things happen at once, then less.
 *
 * @param clock   tells the time
 * @param sleeper waits
 */
public record Pacing(Clock clock, Sleeper sleeper) {

    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMillis(250);
    private static final Duration EAGER = Duration.ofSeconds(2);

    /** Waits; a test's may move its own clock instead. */
    @FunctionalInterface
    public interface Sleeper {

        /** Waits that long. */
        void sleep(Duration duration) throws InterruptedException;
    }

    /** The time of this machine. */
    public static Pacing system() {
        return new Pacing(Clock.systemUTC(), duration -> Thread.sleep(duration.toMillis()));
    }

    /** Now. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Looks until {@code condition} holds.
     *
     * @return false if it did not within {@code timeout}
     */
    public boolean await(Duration timeout, CancelToken cancelToken, BooleanSupplier condition) {
        var begin = now();
        while (!condition.getAsBoolean()) {
            cancelToken.throwIfCancelled();
            var waited = Duration.between(begin, now());
            if (waited.compareTo(timeout) >= 0) {
                return false;
            }
            pause(waited.compareTo(EAGER) < 0 ? SHORTEST : LONGEST, cancelToken);
        }
        return true;
    }

    /** Waits that long, or until it is not wanted any more. */
    public void pause(Duration duration, CancelToken cancelToken) {
        cancelToken.throwIfCancelled();
        try {
            sleeper.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancelToken.throwIfCancelled();
            throw new java.util.concurrent.CancellationException("interrupted while waiting");
        }
    }
}
