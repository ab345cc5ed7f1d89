package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The store was written with another key than the one given. */
public final class WrongKeyException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "wrong-key";

    /** Brings a stored failure back as an exception. */
    public WrongKeyException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public WrongKeyException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public WrongKeyException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
