package io.dokploy.core.docker;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** From what went wrong with a request to an error that says what to do. */
final class EngineErrors {

    private static final String TLS = "engine-tls";

    private EngineErrors() {}

    /** The engine answered, but refused. */
    static DokployException refused(String subject, int status, String message) {
        String reason = message.isBlank() ? "the engine answered " + status : message.strip();
        if (reason.contains("No such image") || reason.contains("no such image")) {
            return new ImageNotFoundException(subject, reason, "Pull or build the image first.");
        }
        if (status == 404) {
            return new NotFoundException(subject, reason, "Look for what exists by its current name.");
        }
        if (status == 503) {
            return new EngineUnavailableException(subject, reason, "Try again when the engine is up.");
        }
        if (reason.contains("HTTP request to an HTTPS server")) {
            return new UserErrorException(Failure.user(
                    TLS,
                    subject,
                    "it wants TLS: " + reason,
                    "Give the endpoint its certificates: a directory with ca.pem, cert.pem and key.pem."));
        }
        return new UserErrorException(
                Failure.user("engine-refused", subject, reason, "Change what the engine complains about."));
    }

    /** There was no answer. */
    static DokployException unanswered(String subject, DockerEndpoint endpoint, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return new CancelledException(subject, "the waiting thread was interrupted", "Try again.", cause);
        }
        if (cause instanceof AsynchronousCloseException || "Socket closed".equals(cause.getMessage())) {
            return new EngineUnavailableException(
                    endpoint.subject(),
                    subject + ": no answer before the deadline, or the client was closed meanwhile",
                    "Look whether the engine hangs: docker info.",
                    cause);
        }
        if (cause instanceof SSLException tls && !(tls.getCause() instanceof IOException)) {
            return unsafe(endpoint, tls);
        }
        String text = String.valueOf(cause.getMessage());
        if (endpoint.isSocket() && !Files.exists(Path.of(endpoint.uri().getPath()))) {
            return new EngineUnavailableException(
                    endpoint.subject(),
                    "there is no such socket",
                    "Start the Docker Engine, or set DOCKER_HOST to where it listens.",
                    cause);
        }
        if (text.contains("Permission denied")) {
            return new EngineUnavailableException(
                    endpoint.subject(),
                    "this user may not use the socket",
                    "Add the user to the socket's group (usually docker) and log in again.",
                    cause);
        }
        if (text.contains("Connection refused")) {
            return new EngineUnavailableException(
                    endpoint.subject(),
                    "nothing listens there: connection refused",
                    "Start the Docker Engine, or set DOCKER_HOST to where it listens.",
                    cause);
        }
        return new EngineUnavailableException(
                endpoint.subject(),
                (subject.equals(endpoint.subject()) ? "" : subject + ": ")
                        + (cause.getMessage() == null ? cause.toString() : text),
                // With TLS 1.3 an engine that does not trust a client only ends the connection.
                endpoint.certificates().isEmpty()
                        ? "See that the engine is up and can be reached."
                        : "See that the engine is up, and that it trusts the certificate in cert.pem (its --tlscacert).",
                cause);
    }

    /** The two sides do not trust each other, or one speaks no TLS: nothing that a later try changes. */
    private static DokployException unsafe(DockerEndpoint endpoint, SSLException cause) {
        return new UserErrorException(
                Failure.user(
                        TLS,
                        endpoint.subject(),
                        "no TLS connection: " + cause.getMessage(),
                        "See that ca.pem in the certificates' directory is the authority of the engine's certificate, that"
                                + " this certificate is for the host that is asked for, and that cert.pem is of an"
                                + " authority that the engine trusts (its --tlscacert)."),
                cause);
    }
}
