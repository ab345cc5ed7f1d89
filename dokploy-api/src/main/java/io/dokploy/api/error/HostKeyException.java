package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A server showed a host key that is unknown or not the pinned one. */
public final class HostKeyException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "host-key-mismatch";

    /** Brings a stored failure back as an exception. */
    public HostKeyException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public HostKeyException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public HostKeyException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
