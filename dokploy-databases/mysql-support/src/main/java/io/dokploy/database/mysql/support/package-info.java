/**
 * What servers of MySQL's protocol share: {@link io.dokploy.database.mysql.support.MySqlFamily} is a whole plugin but for
 * versions and dumps, in which they differ.
 */
@NullMarked
package io.dokploy.database.mysql.support;

import org.jspecify.annotations.NullMarked;
