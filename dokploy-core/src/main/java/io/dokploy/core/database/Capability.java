package io.dokploy.core.database;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.database.DatabaseProvisioner;

/** What only some engines can do. */
public final class Capability {

    private Capability() {}

    /** The plugin as one that can do that. @throws UserErrorException if it cannot */
    public static <T> T of(Class<T> capability, KnownDatabase database) {
        return of(capability, database.plugin(), database.subject());
    }

    /** The same for a database that is not there yet. */
    public static <T> T of(Class<T> capability, DatabaseProvisioner plugin, String subject) {
        if (capability.isInstance(plugin)) {
            return capability.cast(plugin);
        }
        throw new UserErrorException(Failure.user(
                "not-supported",
                subject,
                "the plugin of " + plugin.id() + " does not do this (" + capability.getSimpleName() + ")",
                "Do it with the engine's own client."));
    }
}
