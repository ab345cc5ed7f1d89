package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** No builder recognises the source tree, or the one named is not installed; the reason lists what each builder said. */
public final class NoBuilderException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "no-builder";

    /** Brings a stored failure back as an exception. */
    public NoBuilderException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public NoBuilderException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public NoBuilderException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
