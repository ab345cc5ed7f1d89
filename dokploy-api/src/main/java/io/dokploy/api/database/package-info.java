/**
 * Databases: what is asked for ({@link io.dokploy.api.database.DatabaseSpec}), what there is ({@link
 * io.dokploy.api.database.Database}), and how to reach it ({@link io.dokploy.api.database.DatabaseConnection}). The way in
 * is {@link io.dokploy.api.Databases}.
 */
@NullMarked
package io.dokploy.api.database;

import org.jspecify.annotations.NullMarked;
