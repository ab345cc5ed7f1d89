package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.core.plugin.Contexts;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.core.source.SourceFetcher;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer;
import io.dokploy.spi.Router;
import io.dokploy.spi.engine.ContainerEngine;

/**
 * What the steps work with.
 *
 * @param store    what should be and what happened
 * @param engine   where images are made and containers run
 * @param deployer runs releases
 * @param router   the front door
 * @param plugins  builders and notifiers
 * @param sources  fetches trees
 * @param contexts makes what plugins are given
 * @param pacing   how often to look, and the time
 * @param steps    who wants to know of each step
 * @param limits   what is refused
 */
public record Platform(
        StoreAccess store,
        ContainerEngine engine,
        Deployer deployer,
        Router router,
        PluginRegistry plugins,
        SourceFetcher sources,
        Contexts contexts,
        Pacing pacing,
        StepListener steps,
        Limits limits) {

    /**
     * What is refused.
     *
     * @param minimumFreeDisk bytes that must be free on the engine's disk before a build
     */
    public record Limits(long minimumFreeDisk) {}

    /** How databases are reached. */
    public DatabaseConnections connections() {
        return new DatabaseConnections(store, plugins);
    }

    /** How deployer and router see an application. */
    public ApplicationRef ref(Application application) {
        return new ApplicationRef(
                store.instance(),
                application.id(),
                application.project(),
                application.environment(),
                application.name());
    }
}
