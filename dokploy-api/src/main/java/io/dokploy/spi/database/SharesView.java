package io.dokploy.spi.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.database.DatabaseSpec;
import java.util.List;

/**
 * An engine whose dump can read a view of one moment that another session holds open: PostgreSQL. So the rows that are
 * counted are the rows that are dumped, also while others write, and counting takes no time of its own.
 */
@Experimental
public interface SharesView {

    /**
     * Opens a view of this moment: writes the view's name in one line, then the same lines as
     * {@link DatabaseProvisioner#counts}, and holds the view until its input ends.
     */
    EngineCommand hold(Login login);

    /**
     * What is dumped, as by {@link DatabaseProvisioner#dump}.
     *
     * @param view the name of the view that is read
     */
    List<DumpPart> dump(DatabaseSpec spec, String version, Login login, String view);
}
