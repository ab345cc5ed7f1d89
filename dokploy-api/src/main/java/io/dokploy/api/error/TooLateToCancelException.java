package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The operation has passed the point up to which it can be cancelled; roll back instead. */
public final class TooLateToCancelException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "too-late-to-cancel";

    /** Brings a stored failure back as an exception. */
    public TooLateToCancelException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public TooLateToCancelException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public TooLateToCancelException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
