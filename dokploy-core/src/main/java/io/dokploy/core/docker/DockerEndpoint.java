package io.dokploy.core.docker;

import io.dokploy.api.error.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a Docker Engine listens.
 *
 * @param uri          {@code unix:///var/run/docker.sock} or {@code tcp://host:2376}
 * @param certificates for TLS: a directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, as Docker's own
 *                     {@code DOCKER_CERT_PATH}
 */
public record DockerEndpoint(URI uri, Optional<Path> certificates) {

    private static final String DEFAULT = "unix:///var/run/docker.sock";

    public DockerEndpoint {
        boolean unix = "unix".equals(uri.getScheme());
        Problems.of("Docker endpoint " + uri)
                .require(
                        unix && uri.getPath() != null && uri.getPath().length() > 1
                                || "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0,
                        "uri",
                        "must be unix:///path or tcp://host:port")
                .require(!unix || certificates.isEmpty(), "certificates", "are for TCP only")
                .throwIfAny();
    }

    /** What DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH of this process say; else the usual socket. */
    public static DockerEndpoint local() {
        String host = System.getenv("DOCKER_HOST");
        String certificates = System.getenv("DOCKER_CERT_PATH");
        boolean tls = System.getenv("DOCKER_TLS_VERIFY") != null && certificates != null;
        return new DockerEndpoint(
                URI.create(host == null || host.isBlank() ? DEFAULT : host),
                tls ? Optional.of(Path.of(certificates)) : Optional.empty());
    }

    /** A socket of this machine. */
    public static DockerEndpoint unix(Path socket) {
        return new DockerEndpoint(URI.create("unix://" + socket.toAbsolutePath()), Optional.empty());
    }

    /** A TCP port without any protection: for tests, and behind a tunnel. */
    public static DockerEndpoint tcp(String host, int port) {
        return new DockerEndpoint(URI.create("tcp://" + host + ":" + port), Optional.empty());
    }

    /** A TCP port with TLS and a client certificate. */
    public static DockerEndpoint tls(String host, int port, Path certificates) {
        return new DockerEndpoint(URI.create("tcp://" + host + ":" + port), Optional.of(certificates));
    }

    /** Whether it is a socket of this machine. */
    boolean isSocket() {
        return "unix".equals(uri.getScheme());
    }

    /** {@code Docker Engine unix:///…}, for errors. */
    String subject() {
        return "Docker Engine " + uri;
    }
}
