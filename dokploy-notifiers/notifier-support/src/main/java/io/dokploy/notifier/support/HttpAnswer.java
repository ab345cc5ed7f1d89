package io.dokploy.notifier.support;

import io.dokploy.spi.Notifier.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a channel answered.
 *
 * @param host       who
 * @param status     HTTP status
 * @param text       the beginning of the answer; may repeat what was sent, so not for outcomes as it is
 * @param retryAfter how long the channel asks to wait, at most a day
 */
public record HttpAnswer(String host, int status, String text, Optional<Duration> retryAfter) {

    private static final Set<Integer> WORTH_A_RETRY = Set.of(408, 425, 429);

    /** What the status means: 2xx is delivered; 408, 425, 429 and 5xx are tried again; all else is rejected. */
    public Outcome outcome() {
        if (status >= 200 && status < 300) {
            return Outcome.delivered();
        }
        String reason = host + " answered " + status;
        if (status >= 300 && status < 400) {
            return Outcome.rejected(reason + ", a redirect, which is not followed; use the address that it leads to");
        }
        if (status >= 500 || WORTH_A_RETRY.contains(status)) {
            return retryAfter.map(after -> Outcome.retryAfter(reason, after)).orElseGet(() -> Outcome.retry(reason));
        }
        return Outcome.rejected(reason);
    }
}
