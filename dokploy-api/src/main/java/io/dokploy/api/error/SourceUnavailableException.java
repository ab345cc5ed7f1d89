package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A Git host did not answer, or broke off. */
public final class SourceUnavailableException extends TemporaryException {

    /** The failure code. */
    public static final String CODE = "source-unavailable";

    /** Brings a stored failure back as an exception. */
    public SourceUnavailableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public SourceUnavailableException(String subject, String reason, String remedy) {
        this(Failure.temporary(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public SourceUnavailableException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.temporary(CODE, subject, reason, remedy), cause);
    }
}
