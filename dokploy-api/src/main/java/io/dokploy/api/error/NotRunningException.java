package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The application has no running release for what was asked. */
public final class NotRunningException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "not-running";

    /** Brings a stored failure back as an exception. */
    public NotRunningException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public NotRunningException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public NotRunningException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
