package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The branch, tag, commit, sub-directory or repository does not exist. */
public final class SourceNotFoundException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "source-not-found";

    /** Brings a stored failure back as an exception. */
    public SourceNotFoundException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public SourceNotFoundException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public SourceNotFoundException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
