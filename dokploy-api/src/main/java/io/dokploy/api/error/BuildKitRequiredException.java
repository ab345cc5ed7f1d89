package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The build needs BuildKit (a build secret, a cache mount, …) and there is no buildx on this JVM's machine. */
public final class BuildKitRequiredException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "buildkit-required";

    /** Brings a stored failure back as an exception. */
    public BuildKitRequiredException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public BuildKitRequiredException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }
}
