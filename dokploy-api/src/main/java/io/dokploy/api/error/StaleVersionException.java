package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The update was made from a version that is no longer the newest: somebody else changed it in between. Read it again, apply the change, update. */
public final class StaleVersionException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "stale-version";

    /** Brings a stored failure back as an exception. */
    public StaleVersionException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public StaleVersionException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public StaleVersionException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
