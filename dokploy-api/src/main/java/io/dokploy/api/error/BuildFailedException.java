package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The build of the image failed; the reason holds the last lines of its output. */
public final class BuildFailedException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "build-failed";

    /** Brings a stored failure back as an exception. */
    public BuildFailedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public BuildFailedException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public BuildFailedException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
