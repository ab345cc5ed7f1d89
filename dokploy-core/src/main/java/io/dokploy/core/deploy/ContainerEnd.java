package io.dokploy.core.deploy;

import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.PluginContext;
import java.time.Duration;

/** Ends a container and removes it. */
public final class ContainerEnd {

    private ContainerEnd() {}

    /**
     * One that ends again and again may be between two starts, where the engine cannot stop it; it goes all the same.
     *
     * @param grace until it is killed
     */
    public static void of(String container, Duration grace, PluginContext context) {
        try {
            context.engine().stop(container, grace);
        } catch (UserErrorException e) {
            context.progress().line("Removed without being stopped: " + e.getMessage());
        }
        context.engine().remove(container);
    }
}
