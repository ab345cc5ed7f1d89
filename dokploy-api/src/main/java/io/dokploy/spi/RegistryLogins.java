package io.dokploy.spi;

import io.dokploy.api.source.RegistryCredentials;
import java.util.List;
import java.util.Optional;

/** The logins for image registries that the host has given. Thread-safe. */
public interface RegistryLogins {

    /** The login for the registry of that image reference, if there is one. */
    Optional<RegistryCredentials> forImage(String reference);

    /** All of them. */
    List<RegistryCredentials> all();
}
