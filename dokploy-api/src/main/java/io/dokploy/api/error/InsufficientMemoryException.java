package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** There is too little memory on the engine's machine; the reason says how much there is and how much is needed. */
public final class InsufficientMemoryException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "insufficient-memory";

    /** Brings a stored failure back as an exception. */
    public InsufficientMemoryException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public InsufficientMemoryException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public InsufficientMemoryException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
