package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The database of the store did not answer. */
public final class StoreUnavailableException extends TemporaryException {

    /** The failure code. */
    public static final String CODE = "store-unavailable";

    /** Brings a stored failure back as an exception. */
    public StoreUnavailableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public StoreUnavailableException(String subject, String reason, String remedy) {
        this(Failure.temporary(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public StoreUnavailableException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.temporary(CODE, subject, reason, remedy), cause);
    }
}
