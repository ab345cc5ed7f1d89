package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The router lacks something that it must have (an entry point, a readable folder, an address to ask). */
public final class RouterSetupException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "router-setup";

    /** Brings a stored failure back as an exception. */
    public RouterSetupException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public RouterSetupException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public RouterSetupException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
