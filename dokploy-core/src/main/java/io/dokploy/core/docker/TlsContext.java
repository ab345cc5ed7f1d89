package io.dokploy.core.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An engine with TLS as a context in a docker configuration ({@code docker context}). It is the only way to tell a buildx
 * that is not run by the docker command: it does not read DOCKER_TLS_VERIFY and DOCKER_CERT_PATH. The certificates are
 * linked to, not copied.
 */
final class TlsContext {

    /** What it is called: the value for DOCKER_CONTEXT. */
    static final String NAME = "dokploy";

    private TlsContext() {}

    static void write(Path configuration, DockerEndpoint endpoint, Path certificates) {
        var contexts = configuration.resolve("contexts");
        var meta = Json.object().put("Name", NAME);
        meta.putObject("Metadata");
        meta.putObject("Endpoints")
                .putObject("docker")
                .put("Host", endpoint.uri().toString())
                .put("SkipTLSVerify", false);
        try {
            var folder = Files.createDirectories(contexts.resolve("meta").resolve(id()));
            Files.writeString(folder.resolve("meta.json"), meta.toString());
            var tls = Files.createDirectories(
                    contexts.resolve("tls").resolve(id()).resolve("docker"));
            for (var file : List.of("ca.pem", "cert.pem", "key.pem")) {
                Files.createSymbolicLink(
                        tls.resolve(file), certificates.resolve(file).toAbsolutePath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The store of contexts names its folders so. */
    private static String id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(NAME.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
