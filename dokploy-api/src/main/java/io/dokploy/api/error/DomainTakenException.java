package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** Another application has the same host and path. */
public final class DomainTakenException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "domain-taken";

    /** Brings a stored failure back as an exception. */
    public DomainTakenException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public DomainTakenException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public DomainTakenException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
