package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** An archive or repository holds what must not be unpacked: paths or links out of the tree, devices, or far too much data. */
public final class UnsafeSourceException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "unsafe-source";

    /** Brings a stored failure back as an exception. */
    public UnsafeSourceException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public UnsafeSourceException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public UnsafeSourceException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
