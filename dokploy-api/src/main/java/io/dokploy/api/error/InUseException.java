package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** Something cannot be removed, since others refer to it; the reason names them. */
public final class InUseException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "in-use";

    /** Brings a stored failure back as an exception. */
    public InUseException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public InUseException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public InUseException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
