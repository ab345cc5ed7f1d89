package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** There is too little disk space for a build or a restore; the reason says how much there is and what can be removed. */
public final class InsufficientDiskException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "insufficient-disk";

    /** Brings a stored failure back as an exception. */
    public InsufficientDiskException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public InsufficientDiskException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public InsufficientDiskException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
