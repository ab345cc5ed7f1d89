package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A Git host, registry or server refused the credentials, or they are missing. */
public final class AccessDeniedException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "access-denied";

    /** Brings a stored failure back as an exception. */
    public AccessDeniedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public AccessDeniedException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public AccessDeniedException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
