package io.dokploy.api.route;

import io.dokploy.api.error.Problems;

/**
 * A limit of requests by client address.
 *
 * @param average requests per second in the long run
 * @param burst   requests that may come at once
 */
public record RateLimit(int average, int burst) {
    public RateLimit {
        Problems.of("rate limit")
                .require(average >= 1, "average", "must be at least 1")
                .require(burst >= 1, "burst", "must be at least 1")
                .throwIfAny();
    }
}
