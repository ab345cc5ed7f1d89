package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The router did not take the new configuration in time; the former one is still in force and still serving. The reason names the file that blocks it, if one does. */
public final class RouterNotUpdatedException extends TemporaryException {

    /** The failure code. */
    public static final String CODE = "router-not-updated";

    /** Brings a stored failure back as an exception. */
    public RouterNotUpdatedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public RouterNotUpdatedException(String subject, String reason, String remedy) {
        this(Failure.temporary(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public RouterNotUpdatedException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.temporary(CODE, subject, reason, remedy), cause);
    }
}
