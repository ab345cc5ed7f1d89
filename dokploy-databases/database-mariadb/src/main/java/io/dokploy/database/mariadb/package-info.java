/**
 * MariaDB: {@link io.dokploy.database.mariadb.MariaDbSettings} is what a user sets, the plugin itself has the id {@code mariadb}. Dumps
 * are SQL, with users and what they may do beside the data.
 */
@NullMarked
package io.dokploy.database.mariadb;

import org.jspecify.annotations.NullMarked;
