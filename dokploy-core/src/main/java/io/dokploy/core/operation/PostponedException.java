package io.dokploy.core.operation;

import java.time.Duration;

/**
 * A handler throws it to wait for others without holding a worker, who might be needed by just those: this attempt ends,
 * and after the pause another begins, with the checkpoint that was saved. Nobody outside sees more than an operation that
 * goes on.
 */
public final class PostponedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /** @param pause until the next attempt, at least */
    public PostponedException(Duration pause) {
        super("goes on in " + pause.toMillis() + " ms", null, false, false);
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
