package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** This instance was closed; the operation goes on at the next start. */
public final class ShutDownException extends TemporaryException {

    /** The failure code. */
    public static final String CODE = "shut-down";

    /** Brings a stored failure back as an exception. */
    public ShutDownException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public ShutDownException(String subject, String reason, String remedy) {
        this(Failure.temporary(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public ShutDownException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.temporary(CODE, subject, reason, remedy), cause);
    }
}
