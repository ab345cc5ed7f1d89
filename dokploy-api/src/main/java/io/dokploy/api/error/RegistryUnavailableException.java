package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A registry did not answer or answered with a server error. */
public final class RegistryUnavailableException extends TemporaryException {

    /** The failure code. */
    public static final String CODE = "registry-unavailable";

    /** Brings a stored failure back as an exception. */
    public RegistryUnavailableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public RegistryUnavailableException(String subject, String reason, String remedy) {
        this(Failure.temporary(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public RegistryUnavailableException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.temporary(CODE, subject, reason, remedy), cause);
    }
}
