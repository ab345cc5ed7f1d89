package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The container engine is too old to be used. */
public final class EngineVersionException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "engine-too-old";

    /** Brings a stored failure back as an exception. */
    public EngineVersionException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public EngineVersionException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public EngineVersionException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
