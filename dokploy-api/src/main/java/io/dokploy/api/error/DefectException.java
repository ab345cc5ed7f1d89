package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A bug of this library or of a plugin. */
public final class DefectException extends DokployException {

    /** Wraps a failure and keeps its cause for the log. */
    public DefectException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
