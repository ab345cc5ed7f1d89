package io.dokploy.spi.database;

import io.dokploy.api.Experimental;

/**
 * An engine that loads a dump faster with settings that it should not serve with: without a log of what is written, for
 * one. They are for a container that a dump is loaded into; it is ended in the engine's own way, and the one that serves
 * is made anew with the usual settings.
 */
@Experimental
public interface LoadsFaster {

    /** The same container with those settings, which win over the user's. */
    Blueprint forLoading(Blueprint serving);
}
