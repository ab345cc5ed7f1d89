package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A container of the new release ended before the release was live; the reason holds exit code, OOM flag and its last log lines. */
public final class ContainerExitedException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "container-exited";

    /** Brings a stored failure back as an exception. */
    public ContainerExitedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public ContainerExitedException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public ContainerExitedException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
