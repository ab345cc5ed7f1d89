package io.dokploy.core.database;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;

/** What only some engines can do. */
public final class Capability {

    private Capability() {}

    /** The plugin as one that can do that. @throws UserErrorException if it cannot */
    public static <T> T of(Class<T> capability, KnownDatabase database) {
        if (capability.isInstance(database.plugin())) {
            return capability.cast(database.plugin());
        }
        throw new UserErrorException(Failure.user(
                "not-supported",
                database.subject(),
                "the plugin of " + database.database().engine() + " does not do this (" + capability.getSimpleName()
                        + ")",
                "Do it with the engine's own client."));
    }
}
