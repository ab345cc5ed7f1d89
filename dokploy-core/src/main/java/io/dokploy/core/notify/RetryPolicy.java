package io.dokploy.core.notify;

import io.dokploy.spi.Notifier.Outcome;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long and how often a delivery is tried: after 5 s, then twice as long each time up to 10 min, each give or take a
 * quarter so that several do not come at once, for a day.
 */
final class RetryPolicy {

    /** A notification that is older has been overtaken by what happened since. */
    static final Duration LONGEST_AGE = Duration.ofDays(1);

    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    static final double SPREAD = 0.25;

    private final IntervalFunction pauses =
            IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, SPREAD, LONGEST_PAUSE);

    /** Whether what happened at that time is not told any more. */
    boolean isTooOld(Instant happened, Instant now) {
        return Duration.between(happened, now).compareTo(LONGEST_AGE) > 0;
    }

    /**
     * The pause before the next try, not shorter than the channel wants.
     *
     * @param tries that there were, from 1
     * @return empty if there is to be none, since it would come too late
     */
    Optional<Duration> pause(Outcome.Retry retry, int tries, Instant created, Instant now) {
        Duration backoff = Duration.ofMillis(pauses.apply(tries));
        Duration pause =
                retry.after().filter(wanted -> wanted.compareTo(backoff) > 0).orElse(backoff);
        return isTooOld(created, now.plus(pause)) ? Optional.empty() : Optional.of(pause);
    }
}
