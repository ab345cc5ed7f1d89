package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.NextGeneration;
import java.io.IOException;

/** Replaces the data of a database: the backup is restored into its next generation and compared, before that takes over. */
final class RestoreBackup {

    private final BackupKeys keys;

    RestoreBackup(BackupKeys keys) {
        this.keys = keys;
    }

    Database run(DatabaseJob job, Backup backup, String target) {
        requireEngine(job, backup);
        new RoomCheck(job.platform()).require(backup, job.database().spec().resources(), job.subject());
        return NextGeneration.of(job).takeOver(aside -> restore(job, backup, target, aside));
    }

    private static void requireEngine(DatabaseJob job, Backup backup) {
        if (!backup.engine().equals(job.database().engine())) {
            throw new UserErrorException(Failure.user(
                    "wrong-engine",
                    job.subject(),
                    "backup " + backup.id() + " is of " + backup.engine() + ", and this database is "
                            + job.database().engine(),
                    "Restore it into a database of the same engine."));
        }
    }

    private void restore(DatabaseJob job, Backup backup, String target, DatabaseServer aside) {
        var database = job.database();
        var spec = database.spec().toBuilder().withoutInitScripts().build();
        job.operation().step("provision");
        try (var place = Place.open(job.platform(), target, job.context())) {
            aside.create(spec, job.image(database.engineVersion()), job.network());
            new RestoreParts(place, keys, job.operation()::step)
                    .run(
                            backup,
                            aside,
                            job.plugin(),
                            spec,
                            job.login(),
                            job.context().cancelToken())
                    .forEach(job::say);
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
    }
}
