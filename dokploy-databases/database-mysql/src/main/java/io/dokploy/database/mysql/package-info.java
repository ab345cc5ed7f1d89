/**
 * MySQL: {@link io.dokploy.database.mysql.MySqlSettings} is what a user sets, the plugin itself has the id {@code mysql}. Dumps
 * are SQL, with users and what they may do beside the data.
 */
@NullMarked
package io.dokploy.database.mysql;

import org.jspecify.annotations.NullMarked;
