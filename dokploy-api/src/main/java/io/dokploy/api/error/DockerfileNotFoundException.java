package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The Dockerfile that the build needs is not in the source tree. */
public final class DockerfileNotFoundException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "dockerfile-not-found";

    /** Brings a stored failure back as an exception. */
    public DockerfileNotFoundException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public DockerfileNotFoundException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public DockerfileNotFoundException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
