package io.dokploy.core.traefik;

import io.dokploy.api.error.CancelledException;
import io.dokploy.spi.CancelToken;
import java.time.Duration;

/** The pauses of a loop that asks again and again: short ones at first, and none after the deadline. */
final class Wait {

    private static final long FIRST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 100;

    private final long deadline;
    private final CancelToken cancelToken;
    private long pause = FIRST_MILLIS;

    Wait(Duration limit, CancelToken cancelToken) {
        this.deadline = System.nanoTime() + limit.toNanos();
        this.cancelToken = cancelToken;
    }

    /**
     * Pauses.
     *
     * @return false at once if the deadline is over
     */
    boolean pause(String what) {
        cancelToken.throwIfCancelled();
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            return false;
        }
        try {
            Thread.sleep(Math.min(pause, left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(what, "the thread was interrupted", "Ask again.", e);
        }
        pause = Math.min(LONGEST_MILLIS, pause + pause / 4 + 1);
        return true;
    }
}
