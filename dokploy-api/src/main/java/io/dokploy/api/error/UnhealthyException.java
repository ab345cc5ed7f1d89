package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The new release did not pass its health check in time; the reason holds the last answer and its last log lines. */
public final class UnhealthyException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "unhealthy";

    /** Brings a stored failure back as an exception. */
    public UnhealthyException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public UnhealthyException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public UnhealthyException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
