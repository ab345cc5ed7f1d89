package io.dokploy.core.traefik;

import io.dokploy.spi.PluginContext;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A Traefik: where its files are, how it is reached, and how it comes to run. */
sealed interface Installation permits ManagedTraefik, ExistingTraefik {

    /** The folder of its file provider. */
    RouteFolder folder();

    /** The same folder as Traefik sees it. */
    String folderInTraefik();

    /** Its container, if it is one and we know it. */
    Optional<String> container();

    /** Its private entry point. */
    InetSocketAddress privateAddress();

    /**
     * Makes it run, or does nothing; returns when its API answers with what we need.
     *
     * @throws io.dokploy.api.error.RouterSetupException with all that is missing
     */
    void start(TraefikApi api, PluginContext context);
}
