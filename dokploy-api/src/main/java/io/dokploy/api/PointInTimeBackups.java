package io.dokploy.api;

import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.LogArchive;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.Database;
import java.time.Instant;

/**
 * Brings databases of one environment back to a moment: base backups, and the log of all that was written since, which is
 * stored about every minute. Only for engines that have such a log (PostgreSQL). Thread-safe.
 */
@Experimental
public interface PointInTimeBackups {

    /**
     * Begins to store the log of a database, and takes a first base, which is recovered in a scratch database to prove it.
     * If that fails nothing of it is left.
     *
     * @throws io.dokploy.api.error.AlreadyExistsException if its log is stored already
     */
    Operation<LogArchive> start(String database, String target);

    /** Ends it. What is stored stays, and can be restored as before once it is started again. */
    Operation<Void> stop(String database);

    /**
     * What is stored and what can be recovered.
     *
     * @throws io.dokploy.api.error.NotFoundException if its log is not stored
     */
    LogArchive get(String database);

    /**
     * Takes another base and proves it: the newer the base, the less log a restore has to go through. {@link
     * io.dokploy.api.backup.BackupSchedule.Builder#ofBase} takes them by a schedule, and removes what is too old.
     */
    Operation<CataloguedBackup> backUpBase(String database);

    /**
     * Gives this moment a name that it can be brought back to.
     *
     * @return the moment, by the server's clock
     * @throws io.dokploy.api.error.AlreadyExistsException if the database has a moment of that name
     */
    Instant name(String database, String point);

    /**
     * Brings a database back to a moment: recovered beside it, then swapped. Before anything is made it is checked that base
     * and log are there without a gap. If it fails the database is as it was. What is there now is not lost: its log is stored
     * first if it runs, so it can be brought back to this moment too; and its volume is kept until the next restore.
     *
     * @throws io.dokploy.api.error.LogGapException as the operation's failure, if something is missing in between
     */
    Operation<Database> restore(String database, PointInTime moment);
}
