package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The container engine cannot be reached or did not answer in time. */
public final class EngineUnavailableException extends TemporaryException {

    /** The failure code. */
    public static final String CODE = "engine-unavailable";

    /** Brings a stored failure back as an exception. */
    public EngineUnavailableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public EngineUnavailableException(String subject, String reason, String remedy) {
        this(Failure.temporary(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public EngineUnavailableException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.temporary(CODE, subject, reason, remedy), cause);
    }
}
