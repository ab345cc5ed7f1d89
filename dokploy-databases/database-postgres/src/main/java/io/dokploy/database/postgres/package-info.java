/**
 * PostgreSQL: {@link io.dokploy.database.postgres.PostgresSettings} is what a user sets, the plugin itself has the id {@code
 * postgres}. Dumps are of the custom format, with roles and settings beside them.
 */
@NullMarked
package io.dokploy.database.postgres;

import org.jspecify.annotations.NullMarked;
