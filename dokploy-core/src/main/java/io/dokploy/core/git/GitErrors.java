package io.dokploy.core.git;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.DefectException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.HostKeyException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.SourceUnavailableException;
import io.dokploy.spi.CancelToken;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/** From what JGit throws to what the user is told. */
final class GitErrors {

    private final GitAddress address;
    private final PinnedHostKeys hostKeys;
    private final CancelToken cancel;

    GitErrors(GitAddress address, PinnedHostKeys hostKeys, CancelToken cancel) {
        this.address = address;
        this.hostKeys = hostKeys;
        this.cancel = cancel;
    }

    DokployException of(Exception failure) {
        cancel.throwIfCancelled();
        var ours = causes(failure).filter(DokployException.class::isInstance).findFirst();
        if (ours.isPresent()) {
            return (DokployException) ours.get();
        }
        String subject = "repository " + address.url();
        if (hostKeys.hasRefused()) {
            return new HostKeyException(
                    subject,
                    "the server " + address.host() + " showed a host key that is not among the accepted ones: "
                            + hostKeys.refused().entrySet().stream()
                                    .map(key -> key.getKey() + " " + key.getValue())
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    "Compare the fingerprint with the one its operator publishes; if it is right, add it to knownHosts of"
                            + " the credentials.",
                    failure);
        }
        String reason = reason(failure);
        String text = reason.toLowerCase(Locale.ROOT);
        if (isDenied(text)) {
            return new AccessDeniedException(
                    subject,
                    "the server refused access: " + reason,
                    "Check that the credentials are valid and may read this repository.",
                    failure);
        }
        if (causes(failure).anyMatch(NoRemoteRepositoryException.class::isInstance) || isMissing(text)) {
            return new SourceNotFoundException(
                    subject,
                    "there is no repository, or it may not be seen with these credentials: " + reason,
                    "Check the address, and that the credentials may read it.",
                    failure);
        }
        if (failure instanceof RuntimeException) {
            return new DefectException(Failure.defect("git", subject, reason), failure);
        }
        return new SourceUnavailableException(
                subject,
                "it cannot be reached: " + reason,
                "Try again; check the network, proxy and TLS settings.",
                failure);
    }

    private static boolean isDenied(String text) {
        return Stream.of(
                        "not authorized",
                        "authentication is required",
                        "authentication not supported",
                        "not permitted on",
                        "auth fail",
                        "permission denied",
                        "no more authentication methods",
                        "unauthorized",
                        "403 forbidden")
                .anyMatch(text::contains);
    }

    private static boolean isMissing(String text) {
        return Stream.of(
                        "does not appear to be a git repository",
                        "repository not found",
                        "does not exist",
                        "not found:")
                .anyMatch(text::contains);
    }

    /** All messages of the chain, each once. */
    private static String reason(Throwable failure) {
        String text = causes(failure)
                .map(cause -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                .map(String::strip)
                .distinct()
                .collect(Collectors.joining("; "));
        return text.length() > 1000 ? text.substring(0, 1000) + "…" : text;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
                .limit(10);
    }
}
