package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A variable refers to an unknown name or to itself; the reason names the chain. */
public final class VariableException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "variable-unresolved";

    /** Brings a stored failure back as an exception. */
    public VariableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public VariableException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public VariableException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
