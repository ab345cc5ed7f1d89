/**
 * MongoDB: {@link io.dokploy.database.mongo.MongoSettings} is what a user sets, the plugin itself has the id {@code mongo}.
 * A dump is an archive of mongodump with all databases and users.
 */
@NullMarked
package io.dokploy.database.mongo;

import org.jspecify.annotations.NullMarked;
