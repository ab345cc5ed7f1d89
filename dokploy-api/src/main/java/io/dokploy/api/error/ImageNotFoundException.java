package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** An image does not exist in its registry or on the engine. */
public final class ImageNotFoundException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "image-not-found";

    /** Brings a stored failure back as an exception. */
    public ImageNotFoundException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public ImageNotFoundException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public ImageNotFoundException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
