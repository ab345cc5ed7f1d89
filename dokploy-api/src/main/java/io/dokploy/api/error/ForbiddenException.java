package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The host's authorizer refused this actor. */
public final class ForbiddenException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "forbidden";

    /** Brings a stored failure back as an exception. */
    public ForbiddenException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public ForbiddenException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public ForbiddenException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
