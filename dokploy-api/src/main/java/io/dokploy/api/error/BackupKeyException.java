package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A backup is encrypted for a key that this instance was not given. */
public final class BackupKeyException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "backup-key";

    /** Brings a stored failure back as an exception. */
    public BackupKeyException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public BackupKeyException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public BackupKeyException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
