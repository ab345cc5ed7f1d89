package io.dokploy.backup.s3;

import io.dokploy.api.value.Secret;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What a server or the network says, in words that say what to do, and without keys. */
final class S3Errors {

    private static final int LONGEST = 300;

    private final S3Settings settings;

    S3Errors(S3Settings settings) {
        this.settings = settings;
    }

    static boolean is(SdkException error, String code) {
        return error instanceof AwsServiceException service && code.equals(code(service));
    }

    static boolean isStatus(SdkException error, int status) {
        return error instanceof AwsServiceException service && service.statusCode() == status;
    }

    IOException explained(String what, SdkException error) {
        if (error instanceof AbortedException || causeOf(error, InterruptedException.class) != null) {
            Thread.currentThread().interrupt();
            return new InterruptedIOException(what + ": interrupted");
        }
        if (error instanceof StsException refused) {
            return new IOException(what + ": the role that these credentials are to take is refused: " + answer(refused)
                    + ". Let them take it, or correct the role.");
        }
        return error instanceof AwsServiceException service
                ? new IOException(what + ": " + answer(service) + ". " + remedy(service))
                : new IOException(what + ": " + network(error));
    }

    private String answer(AwsServiceException error) {
        String message = error.awsErrorDetails() == null
                ? ""
                : String.valueOf(error.awsErrorDetails().errorMessage());
        String said = "null".equals(message) || message.isBlank() ? "" : ", " + message.strip();
        String answer = settings + " answered " + error.statusCode() + " " + code(error) + said;
        return masked(answer.length() > LONGEST ? answer.substring(0, LONGEST) + "…" : answer)
                .replaceAll("[\\s.]+$", "");
    }

    private String remedy(AwsServiceException error) {
        return switch (code(error)) {
            case "SignatureDoesNotMatch" -> "The secret key is not that of the access key: correct it.";
            case "InvalidAccessKeyId" -> "The server does not know this access key: correct it.";
            case "ExpiredToken", "InvalidToken" -> "The session token is not valid any more: get new keys.";
            case "RequestTimeTooSkewed" -> "Set this machine's clock.";
            case "NoSuchBucket" -> "Create the bucket, or correct its name.";
            case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed" ->
                "Correct region and endpoint.";
            case "EntityTooLarge" -> "The server takes no object as large as this.";
            case "BadDigest", "InvalidDigest" ->
                "What arrived is not what was sent: look for what changes it on its way.";
            case "QuotaExceeded", "XMinioStorageFull" ->
                "The server has no more room: remove old backups, or extend it.";
            default -> byStatus(error.statusCode());
        };
    }

    private String byStatus(int status) {
        return switch (status) {
            case 301, 307 -> "Correct region and endpoint.";
            case 401, 403 ->
                "Give these keys the right to list, read, write and delete in the bucket, or correct them.";
            case 404 -> "Create the bucket, or correct its name and the endpoint.";
            case 429, 500, 502, 503, 504 ->
                "It was tried " + settings.attempts() + " times; try again when the server is well.";
            case 507 -> "The server has no more room: remove old backups, or extend it.";
            default -> "Look at the settings and at the server's log.";
        };
    }

    private String network(SdkException error) {
        String place = settings.toString();
        Throwable cause = rootOf(error);
        if (cause instanceof UnknownHostException) {
            return place + " cannot be found: its host name is not known. Correct the endpoint.";
        }
        if (causeOf(error, SSLException.class) != null) {
            return place + " cannot be trusted: " + masked(String.valueOf(cause.getMessage()))
                    + ". If its certificate is from an authority of your own, give that as certificateAuthority.";
        }
        if (causeOf(error, ConnectException.class) != null) {
            return place + " cannot be reached: " + masked(String.valueOf(cause.getMessage()))
                    + ". Look whether the server runs, and correct the endpoint. " + tried();
        }
        if (causeOf(error, SocketTimeoutException.class) != null) {
            return place + " was silent for " + settings.timeout().toMillis() + " ms. " + tried();
        }
        return place + " or the way to it failed: " + masked(String.valueOf(cause.getMessage())) + ". " + tried();
    }

    private String tried() {
        return "It was tried " + settings.attempts() + (settings.attempts() == 1 ? " time." : " times.");
    }

    private static String code(AwsServiceException error) {
        return error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null
                ? ""
                : error.awsErrorDetails().errorCode();
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static @Nullable Throwable causeOf(Throwable error, Class<? extends Throwable> type) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .filter(type::isInstance)
                .findFirst()
                .orElse(null);
    }

    private String masked(String text) {
        String masked = text;
        for (Secret secret : Stream.concat(settings.secretKey().stream(), settings.sessionToken().stream())
                .toList()) {
            masked = masked.replace(secret.reveal(), Secret.MASK);
        }
        return masked;
    }
}
