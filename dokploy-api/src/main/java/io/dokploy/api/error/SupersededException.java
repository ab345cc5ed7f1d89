package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A newer request for the same application took the place of this one while it waited. */
public final class SupersededException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "superseded";

    /** Brings a stored failure back as an exception. */
    public SupersededException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public SupersededException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public SupersededException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
