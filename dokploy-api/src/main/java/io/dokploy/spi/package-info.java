/**
 * What a plugin implements and what it is given. Each interface can be implemented in an afternoon, has an id, and a
 * contract test of the same name in dokploy-testkit. Plugins are found by {@link java.util.ServiceLoader} (one service
 * type for each interface) or given to the builder; they reach the machine only through their {@link
 * io.dokploy.spi.PluginContext}, so they run unchanged against a remote engine and against the testkit's.
 *
 * <p>Unless an interface says otherwise there is one instance of a plugin for each Dokploy; it is called from several
 * threads at once, with its own class loader as the thread's, and closed when Dokploy closes.
 */
@NullMarked
package io.dokploy.spi;

import org.jspecify.annotations.NullMarked;
