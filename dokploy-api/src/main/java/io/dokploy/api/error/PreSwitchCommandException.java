package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The command that runs before the switch (a migration) failed; the reason holds exit code and last output. */
public final class PreSwitchCommandException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "pre-switch-command-failed";

    /** Brings a stored failure back as an exception. */
    public PreSwitchCommandException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public PreSwitchCommandException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public PreSwitchCommandException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
