package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The same request may succeed later: the engine, the network or another machine did not play along. */
public class TemporaryException extends DokployException {

    /** Wraps a failure. */
    public TemporaryException(Failure failure) {
        this(failure, null);
    }

    /** Wraps a failure and keeps its cause for the log. */
    public TemporaryException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
