package io.dokploy.spi.database;

import io.dokploy.api.Experimental;

/** An engine with extensions that are switched on in each database: PostgreSQL. */
@Experimental
public interface HasExtensions {

    /**
     * Switches an extension on in the login's database; does nothing if it is on.
     *
     * @param name lower case letters, digits, {@code _} and {@code -}: {@code pg_trgm}, {@code uuid-ossp}
     */
    EngineCommand createExtension(Login login, String name);

    /** Switches it off; fails if something needs it. */
    EngineCommand dropExtension(Login login, String name);

    /** Prints what is on, one a line: its name, a tab, its version. */
    EngineCommand extensions(Login login);
}
