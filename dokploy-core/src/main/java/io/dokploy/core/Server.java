package io.dokploy.core;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where applications run: a machine with a Docker Engine. Immutable; nothing is connected before {@code start()}.
 *
 * @param engine       {@code unix:///var/run/docker.sock} or {@code tcp://host:2376}; empty: {@code DOCKER_HOST}, else the
 *                     usual socket
 * @param certificates a folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem} for TLS, if the engine asks for it
 * @param toolboxImage an image with busybox's tools, for looks into a network
 */
public record Server(Optional<URI> engine, Optional<Path> certificates, String toolboxImage) {

    private static final String TOOLBOX = "busybox:1.37";

    /** The engine of this machine. */
    public static Server local() {
        return new Server(Optional.empty(), Optional.empty(), TOOLBOX);
    }

    /** The engine at that address, without TLS: a unix socket, or a port that nobody else reaches. */
    public static Server docker(URI engine) {
        return new Server(Optional.of(engine), Optional.empty(), TOOLBOX);
    }

    /** The engine at that address, with TLS both ways. */
    public static Server docker(URI engine, Path certificates) {
        return new Server(Optional.of(engine), Optional.of(certificates), TOOLBOX);
    }

    /** The same with another image for looks into a network. */
    public Server toolboxImage(String image) {
        return new Server(engine, certificates, image);
    }
}
