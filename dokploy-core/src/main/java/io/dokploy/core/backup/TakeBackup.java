package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.DumpPart;
import java.io.IOException;
import java.time.Duration;

/**
 * Dumps a database into a place: its parts, then the manifest, without which there is no backup. If anything fails, what
 * was written is removed again.
 */
final class TakeBackup {

    private final BackupKeys keys;

    TakeBackup(BackupKeys keys) {
        this.keys = keys;
    }

    Backup run(DatabaseJob job, String target) {
        var id = BackupDraft.id(job.operation(), job.platform().store().ids());
        // An attempt that died after the manifest was written has left a backup that is as good as any.
        var stored = job.platform().store().backups().find(id);
        return stored.isPresent() ? stored.get().backup() : run(job, id, target);
    }

    private Backup run(DatabaseJob job, BackupId id, String target) {
        try (var place = Place.open(job.platform(), target, job.context())) {
            var backup = store(job, id, place);
            new Catalogue(job.platform(), job.operation()).stored(backup, target);
            return backup;
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
    }

    private Backup store(DatabaseJob job, BackupId id, BackupTarget.Store place) throws IOException {
        var database = job.database();
        var server = job.serving();
        var plugin = job.plugin();
        var began = job.platform().pacing().now();
        try (var draft = new BackupDraft(
                place,
                job.platform().store().instance(),
                database.project(),
                database.environment(),
                database.name(),
                id.value())) {
            var writer = new PartWriter(place, keys, job.context().cancelToken());
            job.operation().step("dump");
            var before = Counts.parse(server.ask(plugin.counts(job.login())));
            for (DumpPart part : plugin.dump(database.spec(), database.engineVersion(), job.login())) {
                draft.add(writer.write(server, part, draft.prefix()));
            }
            var after = Counts.parse(server.ask(plugin.counts(job.login())));
            var backup = new Backup(
                    id,
                    Kind.DATABASE,
                    job.platform().store().instance(),
                    database.project(),
                    database.environment(),
                    database.name(),
                    database.engine(),
                    database.engineVersion(),
                    server.ask(plugin.serverVersion(job.login())).strip(),
                    began,
                    Duration.between(began, job.platform().pacing().now()),
                    draft.parts(),
                    after,
                    before.equals(after),
                    keys.fingerprint());
            draft.end(job.context().json().write(backup));
            return backup;
        }
    }
}
