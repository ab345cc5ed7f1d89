package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A backup could not be restored into a database of its own, or that did not hold what it should. */
public final class BackupNotVerifiedException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "backup-not-verified";

    /** Brings a stored failure back as an exception. */
    public BackupNotVerifiedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public BackupNotVerifiedException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public BackupNotVerifiedException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
