package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.BackupId;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes a dump into a place: its parts, then the manifest, without which there is no backup. If anything fails, what was
 * written is removed again.
 */
final class TakeBackup {

    private final BackupJob job;

    TakeBackup(BackupJob job) {
        this.job = job;
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
            var backup = write(dump, id, place, schedule);
            job.catalogue().stored(backup, target);
            return backup;
        } catch (IOException e) {
            throw Place.failed(target, dump.source().subject(), e);
        }
    }

    private Backup write(Dump dump, BackupId id, BackupTarget.Store place, Optional<String> schedule)
            throws IOException {
        var began = job.platform().pacing().now();
        var source = dump.source();
        try (var draft = new BackupDraft(id, job.instance(), source.folders(), place, job.writer(place))) {
            var contents = dump.writeTo(draft);
            var backup = new Backup(
                    id,
                    source.kind(),
                    job.instance(),
                    source.project(),
                    source.environment(),
                    source.name(),
                    source.engine(),
                    source.engineVersion(),
                    contents.serverVersion(),
                    began,
                    Duration.between(began, job.platform().pacing().now()),
                    draft.parts(),
                    contents.counts(),
                    contents.exact(),
                    job.keys().fingerprint(),
                    schedule,
                    contents.log());
            draft.end(job.context().json().write(backup));
            return backup;
        }
    }
}
