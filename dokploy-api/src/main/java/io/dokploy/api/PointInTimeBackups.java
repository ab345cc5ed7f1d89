package io.dokploy.api;

import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.LogArchive;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
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

    /**
     * Makes a new database of that spec with what another one held at a moment. That one goes on as it is; its log is stored
     * first if it runs. It may also be gone, if the catalogue knows its bases: then the moment must be a time. If it fails
     * nothing is left of the new one.
     *
     * <p>The whole server of that moment is there, with its users, their passwords and its further databases. User and first
     * database of the spec must be those that it had; the password is that of the spec. Scripts of the first start do not run.
     *
     * @param database whose moment; of this environment, in which the new one is made too
     * @param spec     without a version: that of the moment
     * @throws io.dokploy.api.error.NotFoundException      if no base of that database is known, or no moment of that name
     * @throws io.dokploy.api.error.AlreadyExistsException if the environment has a database or application of the new name
     * @throws io.dokploy.api.error.InvalidSpecException   with all that the engine's plugin does not like
     * @throws io.dokploy.api.error.LogGapException        if no base is from before the moment; as the operation's failure, if
     *                                                     something is missing in between
     * @throws io.dokploy.api.error.UserErrorException     as the operation's failure: with code {@code other-login} if that
     *                                                     server has no such user or first database, {@code other-version} if
     *                                                     the version of the spec does not open its files
     */
    Operation<Database> restoreAsNew(String database, PointInTime moment, DatabaseSpec spec);
}
