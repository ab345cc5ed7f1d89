package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.database.DatabaseSpec;
import java.util.List;

/**
 * An engine that keeps more than one database, beside the one that the spec names. Names that the library makes are letters,
 * digits and {@code _}, at most 31, not a digit first; users can make any that the engine takes. A backup holds them all.
 */
@Experimental
public interface HasDatabases {

    /** Makes an empty database that the login's user owns; fails if there is one of that name. */
    EngineCommand createDatabase(Login login, String name);

    /** Removes a database with all that is in it, also while somebody is connected; fails if there is none. */
    EngineCommand dropDatabase(Login login, String name);

    /**
     * Prints the names of all databases that are not the engine's own, one a line. In a name a line feed is written {@code
     * \n}, a tab {@code \t}, and a backslash twice.
     */
    EngineCommand databases(Login login);

    /**
     * What is dumped of a server with further databases: the parts of {@link DatabaseProvisioner#dump} with one for each of
     * these at its place in the order of restoring. {@link DatabaseProvisioner#restore} makes the database of such a part.
     *
     * @param further their names, which may be anything that the engine takes
     */
    List<DumpPart> dump(DatabaseSpec spec, String version, Login login, List<String> further);
}
