package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.DumpPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Dumps a database into a place: its parts, then the manifest, without which there is no backup. If anything fails, what
 * was written is removed again.
 */
final class TakeBackup {

    static final String MANIFEST = "manifest.json";

    private final BackupKeys keys;

    TakeBackup(BackupKeys keys) {
        this.keys = keys;
    }

    Backup run(DatabaseJob job, String target) {
        var id = id(job);
        // An attempt that died after the manifest was written has left a backup that is as good as any.
        var stored = job.platform().store().backups().find(id);
        return stored.isPresent() ? stored.get().backup() : run(job, id, target);
    }

    /** The same in each attempt, so that what one left that died is written again and not left. */
    private static BackupId id(DatabaseJob job) {
        var operation = job.operation();
        return operation
                .checkpoint()
                .flatMap(checkpoint -> checkpoint.text(BackupHandlers.BACKUP))
                .map(BackupId::new)
                .orElseGet(() -> {
                    var id = job.platform().store().ids().newBackupId();
                    operation.saveCheckpoint(
                            Tree.branch().put(BackupHandlers.BACKUP, id.value()).build());
                    return id;
                });
    }

    private Backup run(DatabaseJob job, BackupId id, String target) {
        try (var place = Place.open(job.platform(), target, job.context())) {
            var backup = store(job, id, place);
            job.platform().store().backups().add(backup, target);
            job.operation()
                    .emit(
                            EventType.BACKUP_STORED,
                            Severity.INFO,
                            Tree.branch()
                                    .put("backup", backup.id().value())
                                    .put("target", target)
                                    .put("bytes", backup.size())
                                    .build());
            job.say("Stored " + backup.id() + " in " + target + ": " + backup.size() + " bytes"
                    + (keys.fingerprint().isPresent() ? "" : ", not encrypted since no backup key is given"));
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
        var prefix = String.join(
                "/",
                "dokploy",
                job.platform().store().instance(),
                database.project(),
                database.environment(),
                database.name(),
                id.value(),
                "");
        var parts = new ArrayList<Part>();
        var writer = new PartWriter(place, keys, job.context().cancelToken());
        try {
            job.operation().step("dump");
            var before = Counts.parse(server.ask(plugin.counts(job.login())));
            for (DumpPart part : plugin.dump(database.spec(), database.engineVersion(), job.login())) {
                parts.add(writer.write(server, part, prefix));
            }
            var after = Counts.parse(server.ask(plugin.counts(job.login())));
            var backup = new Backup(
                    id,
                    job.platform().store().instance(),
                    database.project(),
                    database.environment(),
                    database.name(),
                    database.engine(),
                    database.engineVersion(),
                    server.ask(plugin.serverVersion(job.login())).strip(),
                    began,
                    Duration.between(began, job.platform().pacing().now()),
                    parts,
                    after,
                    before.equals(after),
                    keys.fingerprint());
            put(place, prefix + MANIFEST, job.context().json().write(backup));
            return backup;
        } catch (IOException | RuntimeException e) {
            remove(place, parts, e);
            throw e;
        }
    }

    private static void put(BackupTarget.Store place, String key, String text) throws IOException {
        try (var upload = place.put(key)) {
            try (var stream = upload.stream()) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            }
            upload.commit();
        }
    }

    private static void remove(BackupTarget.Store place, Iterable<Part> parts, Exception failure) {
        for (Part part : parts) {
            try {
                place.delete(part.key());
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
