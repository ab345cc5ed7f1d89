package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** Settings name a plugin that is not installed here. */
public final class PluginMissingException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "plugin-missing";

    /** Brings a stored failure back as an exception. */
    public PluginMissingException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public PluginMissingException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public PluginMissingException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
