/**
 * Databases: a container of one engine with a volume of its own for each generation. {@link
 * io.dokploy.core.database.DatabaseHandlers} does what is asked for; {@code DatabaseServer} is one container, made from
 * what the engine's plugin says; {@code Tools} reach one that was adopted. Depends on the pipeline's platform, the store and plugins.
 */
@NullMarked
package io.dokploy.core.database;

import org.jspecify.annotations.NullMarked;
