package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.spi.Plugin;
import java.util.List;

/**
 * Knows one database engine. All methods but {@link #check} are pure: they describe what the library then does with
 * containers of the engine's image. Thread-safe.
 *
 * <p>What only some engines can do are interfaces that a plugin implements too: {@link ChangesPasswords}, {@link
 * HasUsers}, {@link HasDatabases}, {@link HasRoles}, {@link HasExtensions}, {@link ReadsDumps}, {@link ArchivesLog},
 * {@link AdoptsServers}, {@link DumpsInParallel}, and {@link SeededBeforeStart} where data can only be restored before the
 * first start.
 *
 * <p>Commands run in the container of the database; a {@link Login} with an address asks for a command that reaches the
 * server there, from another container of the same image.
 */
@Experimental
public interface DatabaseProvisioner extends Plugin {

    /** The repository of its image: {@code postgres}. */
    String image();

    /** The tag of the newest major version that the plugin is tested with: {@code 17}. */
    String defaultVersion();

    /**
     * The numbers that versions have in common whose servers open each other's data, with dots between: {@code 17} of
     * {@code 17.2-alpine}, {@code 11.8} of an engine whose second number counts. A later series is reached by dump and
     * restore, an earlier one not at all. The default is the first number.
     */
    default String series(String version) {
        var end = 0;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return version.substring(0, end);
    }

    /**
     * Checks what was asked for.
     *
     * @param version the tag that will be used
     * @throws io.dokploy.api.error.InvalidSpecException with all problems
     */
    void check(DatabaseSpec spec, String version);

    /** How its container is made. */
    Blueprint blueprint(DatabaseSpec spec, String version, Login login);

    /** How it is reached at that host and port. */
    DatabaseConnection connection(Login login, String host, int port);

    /**
     * The engine's own client, logged in, reading statements from its input and stopping at the first error if it can:
     * redis-cli tells it and goes on.
     */
    EngineCommand client(Login login);

    /**
     * What is dumped, in the order in which it is restored: the login's database, and what there is beside it. For further
     * databases see {@link HasDatabases}.
     */
    List<DumpPart> dump(DatabaseSpec spec, String version, Login login);

    /**
     * Reads that part of a dump from its input into a database that {@link #blueprint} has just made, and ends with 0
     * only if all of it is there.
     *
     * @param part its name
     */
    EngineCommand restore(String part, String version, Login login);

    /**
     * Prints how much there is in the login's database, for the comparison of a restored database with the one that was dumped: a line for each
     * table (collection, key space), its name, a tab, and the number of its rows. Control characters in names are escaped
     * in the same way each time. What may change by itself, such as keys that expire, has a ~ before its name: it is kept
     * for people, and not compared.
     */
    EngineCommand counts(Login login);

    /** Prints the version of the server in one line. */
    EngineCommand serverVersion(Login login);
}
