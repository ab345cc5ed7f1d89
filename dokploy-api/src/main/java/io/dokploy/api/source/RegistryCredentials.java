package io.dokploy.api.source;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import java.util.Objects;

/**
 * A login for an image registry.
 *
 * @param host     host and port as they stand in image references: {@code ghcr.io}, {@code 127.0.0.1:5000};
 *                 {@code docker.io} for Docker Hub
 * @param username as the registry knows it
 * @param password or token
 */
public record RegistryCredentials(String host, String username, Secret password) {
    public RegistryCredentials {
        Objects.requireNonNull(password, "password");
        Problems.of("registry credentials")
                .require(host.matches("[A-Za-z0-9.-]+(:[0-9]{1,5})?"), "host", "must be host or host:port")
                .require(!username.isBlank(), "username", "must not be blank")
                .throwIfAny();
    }
}
