package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** What lies in the place for backups is not what was stored: cut off, changed, or gone. */
public final class BackupDamagedException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "backup-damaged";

    /** Brings a stored failure back as an exception. */
    public BackupDamagedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public BackupDamagedException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public BackupDamagedException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
