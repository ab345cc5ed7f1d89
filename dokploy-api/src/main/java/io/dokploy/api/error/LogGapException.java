package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A moment cannot be recovered, since a part of the log up to it is not stored; says which, and until when it reaches. */
public final class LogGapException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "log-gap";

    /** Brings a stored failure back as an exception. */
    public LogGapException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public LogGapException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }
}
