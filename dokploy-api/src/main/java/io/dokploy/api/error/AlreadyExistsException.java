package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** Something of this name exists already. */
public final class AlreadyExistsException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "already-exists";

    /** Brings a stored failure back as an exception. */
    public AlreadyExistsException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public AlreadyExistsException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public AlreadyExistsException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
