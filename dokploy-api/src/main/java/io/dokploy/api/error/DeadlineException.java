package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A step did not end within its deadline. */
public final class DeadlineException extends TemporaryException {

    /** The failure code. */
    public static final String CODE = "deadline-exceeded";

    /** Brings a stored failure back as an exception. */
    public DeadlineException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public DeadlineException(String subject, String reason, String remedy) {
        this(Failure.temporary(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public DeadlineException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.temporary(CODE, subject, reason, remedy), cause);
    }
}
