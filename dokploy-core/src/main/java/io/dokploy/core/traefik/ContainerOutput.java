package io.dokploy.core.traefik;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a short command in a container prints. */
final class ContainerOutput {

    private ContainerOutput() {}

    /** Its standard output; its exit code does not matter, and it must not write much to standard error. */
    static String of(ContainerEngine engine, String container, ExecRequest request) {
        try (var session = engine.exec(container, request)) {
            return new String(session.stdout().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new EngineUnavailableException(
                    "container " + container,
                    "the output of " + request.arguments().get(0) + " broke off: " + e.getMessage(),
                    "Try again.",
                    e);
        }
    }
}
