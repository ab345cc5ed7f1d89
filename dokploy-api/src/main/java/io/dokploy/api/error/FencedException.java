package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** Another process has taken over this application; this one stopped before doing harm. */
public final class FencedException extends TemporaryException {

    /** The failure code. */
    public static final String CODE = "fenced";

    /** Brings a stored failure back as an exception. */
    public FencedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public FencedException(String subject, String reason, String remedy) {
        this(Failure.temporary(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public FencedException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.temporary(CODE, subject, reason, remedy), cause);
    }
}
