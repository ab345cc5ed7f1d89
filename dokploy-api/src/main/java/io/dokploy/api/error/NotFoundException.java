package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** What was asked for by name or id does not exist. */
public final class NotFoundException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "not-found";

    /** Brings a stored failure back as an exception. */
    public NotFoundException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public NotFoundException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public NotFoundException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
