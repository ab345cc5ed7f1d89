package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all errors of this library. Its message says what failed, on what, why and what to do next; its
 * {@link #failure()} is the same as a value.
 */
public abstract class DokployException extends RuntimeException {

    private final Failure failure;

    /** Wraps a failure; {@code cause} is for the log, not for the user. */
    protected DokployException(Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** The exception type that belongs to a stored failure; for an unknown code the one of its category. */
    public static DokployException of(Failure failure) {
        return KnownFailures.toException(failure, null);
    }

    /** What happened, as a value. */
    public final Failure failure() {
        return failure;
    }

    /** The failure's stable code. */
    public final String code() {
        return failure.code();
    }
}
