package io.dokploy.api;

import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import java.util.List;

/**
 * Backups of the databases of one environment, and where they go. Thread-safe. What is stored is compressed, and
 * encrypted if the host has given a backup key.
 */
@Experimental
public interface Backups {

    /** Keeps a place for backups under a name, for all environments. Replaces one of the same name. */
    void putTarget(String name, PluginSettings settings);

    /** Names of the places. */
    List<String> targets();

    /** Forgets a place. What lies there stays. */
    void removeTarget(String name);

    /**
     * Writes, reads, lists and deletes a small object.
     *
     * @throws io.dokploy.api.error.DokployException with the first of these that does not work, and why
     */
    void test(String target);

    /**
     * Dumps a database into a place, and restores the dump into a scratch database to prove it. Stored backups whose proof
     * fails stay, unverified, and the operation fails.
     */
    Operation<CataloguedBackup> backUp(String database, String target);

    /**
     * Backs up Dokploy's own store with its key, whichever environment this is, and makes a store of it to prove it. With
     * the backup key it is enough to begin anew on an empty machine.
     *
     * @throws io.dokploy.api.error.BackupKeyException if there is no backup key: it is never stored readable
     */
    Operation<CataloguedBackup> backUpStore(String target);

    /** The backups of the store that the catalogue knows, newest first. */
    List<CataloguedBackup> listStore();

    /** As {@link #backUpVolumes(String, String, DuringBackup)}, while the application goes on. */
    default Operation<CataloguedBackup> backUpVolumes(String application, String target) {
        return backUpVolumes(application, target, DuringBackup.LIVE);
    }

    /**
     * Backs up all volumes that an application mounts, a tar each, and unpacks them into scratch volumes to prove it: packed
     * again they must be the same byte for byte. Owners, modes, times, links and devices are kept; holes of sparse files are
     * filled.
     *
     * @param during what the application does until its volumes are read, not until they are proven. Unless it goes on,
     *               deployments of it wait for the end of the operation. Other applications that mount the same volumes go on.
     */
    Operation<CataloguedBackup> backUpVolumes(String application, String target, DuringBackup during);

    /** The backups of an application's volumes that the catalogue knows, newest first. */
    List<CataloguedBackup> listVolumes(String application);

    /**
     * Makes a new volume of this environment of one in a backup. An application that is given a mount of that name takes it
     * over with its next deployment, and a rollback goes back to the volume before.
     *
     * @param volume  its name in the backup
     * @param newName a name that the environment has no volume of; nothing is ever written over
     */
    Operation<Void> restoreVolume(BackupId backup, String volume, String newName);

    /**
     * Makes a new volume of this environment of a tar that somebody else has made: Dokploy's {@code .tar}, or any whose names
     * begin in the volume. Packed with gzip, zstd or not at all. Owners, modes, times and links come back.
     *
     * @param target  the place in which it lies
     * @param key     of the object there: {@code shop-x7f3/uploads-2026-08-21T15-14-50-000Z.tar}
     * @param newName a name that the environment has no volume of; nothing is ever written over
     */
    Operation<Void> importVolume(String target, String key, String newName);

    /**
     * Backs up the image of an application's live release, so that this release can run where neither its repository nor a
     * registry has it. All layers are in it, those of its base image too. The proof reads it back: config and layers must have
     * the SHA-256 by which the image knows them, and the image's id is that of its config. No engine loads it for that.
     *
     * @throws io.dokploy.api.error.NotRunningException as the operation's failure, if it has no live release
     */
    Operation<CataloguedBackup> backUpImage(String application, String target);

    /** The backups of an application's images that the catalogue knows, newest first. */
    List<CataloguedBackup> listImages(String application);

    /**
     * Gives the engine an image of a backup, under its id and its name; does nothing if the engine has it. A rollback to the
     * release that it is of then needs no build, and {@link Applications#restart} brings the live one back. A name that the
     * engine has for another image stays with that one. If it fails the engine has none of it.
     */
    Operation<Void> restoreImage(BackupId backup);

    /** Proves a backup: restores it into a scratch database, volume or store, and compares; of an image the hashes. */
    Operation<CataloguedBackup> verify(BackupId backup);

    /** As {@link #restore(BackupId, String, RestoreRequest)}, with a safety backup. */
    default Operation<Database> restore(BackupId backup, String database) {
        return restore(backup, database, RestoreRequest.defaults());
    }

    /**
     * Replaces the data of a database by that of a backup: restored beside it and checked, then swapped. If that fails the
     * database is as it was. What was there before is backed up first unless refused, and kept as a volume until the next
     * restore. Before anything is made it is checked that the backup is of that engine and of no newer major version, that
     * all its objects are there with their sizes, and that its key is.
     */
    Operation<Database> restore(BackupId backup, String database, RestoreRequest request);

    /**
     * Makes a new database of that spec with the data of a backup, also one of another database or environment. If that
     * fails nothing is left of it.
     *
     * @throws io.dokploy.api.error.AlreadyExistsException if the environment has a database or application of that name
     * @throws io.dokploy.api.error.InvalidSpecException   with all that the engine's plugin does not like
     */
    Operation<Database> restoreAsNew(BackupId backup, DatabaseSpec spec);

    /** As {@link #importDump(String, String, String, RestoreRequest)}, with a safety backup. */
    default Operation<Database> importDump(String database, String target, String key) {
        return importDump(database, target, key, RestoreRequest.defaults());
    }

    /**
     * Replaces the data of a database by a dump that somebody else has made: with the engine's own tools, or Dokploy's
     * {@code .sql.gz} and {@code .bson.gz}. Packed with gzip, zstd or not at all, and of which format, is seen in its content,
     * not in its name. It is read beside what serves, which takes over when the engine's own tool has read all of it without
     * an error, as with {@link #restore}. Since it has no manifest nothing can be compared: the output says what is there then.
     * A dump is of one database: a server that has further ones, which would be gone, is refused.
     *
     * @param target the place in which it lies; for a file, a folder that was put as a place
     * @param key    of the object there: {@code shop-x7f3/2026-08-21T15-14-50-000Z.sql.gz}
     * @throws io.dokploy.api.error.UserErrorException with code {@code wrong-dump} if its engine does not read such,
     *     {@code dump-damaged} if it was cut off, {@code further-databases} if its server has such
     */
    Operation<Database> importDump(String database, String target, String key, RestoreRequest request);

    /** The backups of a database that the catalogue knows, newest first. */
    List<CataloguedBackup> list(String database);

    /** Reads the place anew, and adds to the catalogue what it does not know, also of other stores and lost ones. @return them */
    Operation<Integer> importFrom(String target);

    /** Removes a backup from its place and from the catalogue. */
    Operation<Void> delete(BackupId backup);

    /** Brings databases back to a moment. */
    PointInTimeBackups pointInTime();

    /** When backups are made by themselves. */
    BackupSchedules schedules();
}
