package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.Secret;
import java.util.Optional;

/**
 * How a program reaches a database.
 *
 * @param host     name or address
 * @param port     number
 * @param user     who logs in; empty where the engine has no users
 * @param password their password
 * @param database the database, or its number where they have numbers
 * @param url      all of it in one, as drivers of most languages take it: {@code postgresql://user:password@host:5432/app}
 * @param jdbcUrl  the same for JDBC, without user and password, where there is such a driver
 */
@Experimental
public record DatabaseConnection(
        String host, int port, String user, Secret password, String database, Secret url, Optional<String> jdbcUrl) {}
