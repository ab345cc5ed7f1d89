package io.dokploy.spi.database;

import io.dokploy.api.Experimental;

/**
 * An engine whose dump can read a view of one moment that another session holds open: PostgreSQL. So the rows that are
 * counted are the rows that are dumped, also while others write, and counting takes no time of its own.
 */
@Experimental
public interface SharesView {

    /**
     * Opens a view of this moment in the login's database: writes the view's name in one line, then the same lines as
     * {@link DatabaseProvisioner#counts}, and holds the view until its input ends.
     */
    EngineCommand hold(Login login);

    /**
     * The same part of a dump, reading a view of its database; just the part if it reads no database.
     *
     * @param view its name
     */
    DumpPart reading(DumpPart part, String view);
}
