package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.core.database.DatabaseJob;
import java.io.IOException;
import java.util.Optional;

/** Puts a dump into a place and into the catalogue, as the work of an operation that may die and be tried again. */
final class TakeBackup {

    private final BackupJob job;

    TakeBackup(BackupJob job) {
        this.job = job;
    }

    /** Backs up what is in a database before it is replaced. @param place empty: it is not wanted */
    static void forSafety(DatabaseJob job, BackupKeys keys, Optional<String> place) {
        place.ifPresent(
                target -> new TakeBackup(BackupJob.of(job, keys)).run(new DatabaseDump(job), target, Optional.empty()));
    }

    /** @param schedule that made it */
    Backup run(Dump dump, String target, Optional<String> schedule) {
        var id = BackupDraft.id(job.operation(), job.platform().store().ids());
        // An attempt that died after the manifest was written has left a backup that is as good as any.
        var stored = job.platform().store().backups().find(id);
        if (stored.isPresent()) {
            return stored.get().backup();
        }
        job.operation().step("dump");
        try (var place = Place.open(job.platform(), target, job.context())) {
            var backup = new WriteBackup(job.platform(), job.keys(), job.context(), job.operation()::requireMine)
                    .run(dump, id, place, schedule);
            job.catalogue().stored(backup, target);
            return backup;
        } catch (IOException e) {
            throw Place.failed(target, dump.source().subject(), e);
        }
    }
}
