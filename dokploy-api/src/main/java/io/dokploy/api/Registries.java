package io.dokploy.api;

import io.dokploy.api.source.RegistryCredentials;
import java.util.List;

/** Logins for image registries, one for each host. They are used for pulls, pushes and builds. Thread-safe. */
public interface Registries {

    /** Keeps or replaces the login of a host. The next pull or push uses it, also for former releases. */
    void put(RegistryCredentials credentials);

    /** The hosts that have a login, sorted. */
    List<String> hosts();

    /** Forgets the login of a host; does nothing if there is none. */
    void remove(String host);
}
