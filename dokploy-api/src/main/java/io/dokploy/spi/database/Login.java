package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.Secret;

/**
 * Who works with which database.
 *
 * @param user     the database's own user
 * @param password their password
 * @param database the database
 */
@Experimental
public record Login(String user, Secret password, String database) {}
