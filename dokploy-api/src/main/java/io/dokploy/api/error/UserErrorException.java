package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** The request, the configuration or the deployed code must change before this can work. */
public class UserErrorException extends DokployException {

    /** Wraps a failure. */
    public UserErrorException(Failure failure) {
        this(failure, null);
    }

    /** Wraps a failure and keeps its cause for the log. */
    public UserErrorException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
