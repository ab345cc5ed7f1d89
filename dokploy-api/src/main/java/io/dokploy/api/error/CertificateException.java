package io.dokploy.api.error;

import org.jspecify.annotations.Nullable;

/** A certificate cannot be used: wrong host, expired, or its key does not fit. */
public final class CertificateException extends UserErrorException {

    /** The failure code. */
    public static final String CODE = "certificate-invalid";

    /** Brings a stored failure back as an exception. */
    public CertificateException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }

    /** Says what failed, why and what to do. */
    public CertificateException(String subject, String reason, String remedy) {
        this(Failure.user(CODE, subject, reason, remedy), null);
    }

    /** Says what failed, why and what to do, and keeps the cause for the log. */
    public CertificateException(String subject, String reason, String remedy, @Nullable Throwable cause) {
        this(Failure.user(CODE, subject, reason, remedy), cause);
    }
}
