package io.dokploy.api.application;

import io.dokploy.api.error.Problems;
import java.time.Duration;

/** How the new release takes the place of the old one. */
public sealed interface Rollout {

    /** Both run side by side, then the router switches. No request fails. The default. */
    record BlueGreen() implements Rollout {}

    /** The old release is stopped, then the new one started; if that fails the old one is started again. Has downtime. */
    record Recreate() implements Rollout {}

    /**
     * As blue/green, but for a time only a part of the requests goes to the new release.
     *
     * @param percent  of the requests, 1 to 99
     * @param duration how long, before all go there; if a container of the new release ends in between, all go back
     */
    record Canary(int percent, Duration duration) implements Rollout {
        public Canary {
            Problems.of("canary")
                    .require(percent >= 1 && percent <= 99, "percent", "must be between 1 and 99")
                    .require(!duration.isNegative(), "duration", "must not be negative")
                    .throwIfAny();
        }
    }

    /** Side by side. */
    static Rollout blueGreen() {
        return new BlueGreen();
    }

    /** Stop, then start. */
    static Rollout recreate() {
        return new Recreate();
    }

    /** A part first. */
    static Rollout canary(int percent, Duration duration) {
        return new Canary(percent, duration);
    }
}
