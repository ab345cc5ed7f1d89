package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The operation was cancelled. */
public final class CancelledException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "cancelled";

    /** Brings a stored failure back as an exception. */
    public CancelledException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public CancelledException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public CancelledException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
