package io.dokploy.spi.database;

import io.dokploy.api.Experimental;

/**
 * An engine that keeps more than one database, beside the one that the spec names. Names are letters, digits and {@code
 * _}, at most 31, not a digit first.
 */
@Experimental
public interface HasDatabases {

    /** Makes an empty database that the login's user owns; fails if there is one of that name. */
    EngineCommand createDatabase(Login login, String name);

    /** Removes a database with all that is in it, also while somebody is connected; fails if there is none. */
    EngineCommand dropDatabase(Login login, String name);

    /** Prints the names of all databases that are not the engine's own, one a line. */
    EngineCommand databases(Login login);
}
