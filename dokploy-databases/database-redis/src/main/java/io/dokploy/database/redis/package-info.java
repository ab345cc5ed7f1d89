/**
 * Redis: {@link io.dokploy.database.redis.RedisSettings} is what a user sets, the plugin itself has the id {@code redis}.
 * A dump is a snapshot that the server is told to make (RDB); it is restored before a server's first start.
 */
@NullMarked
package io.dokploy.database.redis;

import org.jspecify.annotations.NullMarked;
