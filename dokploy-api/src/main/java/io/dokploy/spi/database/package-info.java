/**
 * What a plugin says of a database engine. Plugins describe: images, files, command lines; the library starts containers,
 * copies files, moves streams, compares and swaps. {@link io.dokploy.spi.database.DatabaseProvisioner} is the one thing to
 * implement; what only some engines can do are interfaces of their own that it implements as well.
 */
@NullMarked
package io.dokploy.spi.database;

import org.jspecify.annotations.NullMarked;
