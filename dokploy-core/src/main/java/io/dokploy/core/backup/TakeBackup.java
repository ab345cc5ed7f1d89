package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.core.database.Counts;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.SharesView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Dumps a database into a place: its parts, then the manifest, without which there is no backup. If anything fails, what
 * was written is removed again.
 */
final class TakeBackup {

    private static final Duration LAST_WORDS = Duration.ofMinutes(1);

    private final BackupKeys keys;

    TakeBackup(BackupKeys keys) {
        this.keys = keys;
    }

    Backup run(DatabaseJob job, String target, Optional<String> schedule) {
        var id = BackupDraft.id(job.operation(), job.platform().store().ids());
        // An attempt that died after the manifest was written has left a backup that is as good as any.
        var stored = job.platform().store().backups().find(id);
        return stored.isPresent() ? stored.get().backup() : run(job, id, target, schedule);
    }

    private Backup run(DatabaseJob job, BackupId id, String target, Optional<String> schedule) {
        try (var place = Place.open(job.platform(), target, job.context())) {
            var backup = store(job, id, place, schedule);
            new Catalogue(job.platform(), job.operation()).stored(backup, target);
            return backup;
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
    }

    private Backup store(DatabaseJob job, BackupId id, BackupTarget.Store place, Optional<String> schedule)
            throws IOException {
        var database = job.database();
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
            var tally = dump(job, draft, writer);
            var backup = new Backup(
                    id,
                    Kind.DATABASE,
                    job.platform().store().instance(),
                    database.project(),
                    database.environment(),
                    database.name(),
                    database.engine(),
                    database.engineVersion(),
                    job.serving().ask(job.plugin().serverVersion(job.login())).strip(),
                    began,
                    Duration.between(began, job.platform().pacing().now()),
                    draft.parts(),
                    tally.counts(),
                    tally.exact(),
                    keys.fingerprint(),
                    schedule);
            draft.end(job.context().json().write(backup));
            return backup;
        }
    }

    /**
     * What a dump holds.
     *
     * @param exact whether it is counted in what is dumped, and not about at that time
     */
    private record Tally(Map<String, Long> counts, boolean exact) {}

    private static Tally dump(DatabaseJob job, BackupDraft draft, PartWriter writer) throws IOException {
        return job.plugin() instanceof SharesView sharing
                ? dumpView(job, sharing, draft, writer)
                : dumpBetweenCounts(job, draft, writer);
    }

    private static Tally dumpView(DatabaseJob job, SharesView sharing, BackupDraft draft, PartWriter writer)
            throws IOException {
        var server = job.serving();
        try (var view = server.feeding(sharing.hold(job.login()));
                var cancelled = job.context().cancelToken().onCancel(view::close);
                var lines = new BufferedReader(new InputStreamReader(view.output(), StandardCharsets.UTF_8))) {
            var name = lines.readLine();
            if (name != null) {
                var database = job.database();
                for (DumpPart part : sharing.dump(database.spec(), database.engineVersion(), job.login(), name)) {
                    draft.add(writer.write(server, part, draft.prefix()));
                }
            }
            view.input().close();
            var counts = Counts.parse(lines.lines().collect(Collectors.joining("\n")));
            view.requireSuccess(LAST_WORDS);
            return new Tally(counts, true);
        }
    }

    private static Tally dumpBetweenCounts(DatabaseJob job, BackupDraft draft, PartWriter writer) throws IOException {
        var server = job.serving();
        var plugin = job.plugin();
        var database = job.database();
        var before = Counts.parse(server.ask(plugin.counts(job.login())));
        for (DumpPart part : plugin.dump(database.spec(), database.engineVersion(), job.login())) {
            draft.add(writer.write(server, part, draft.prefix()));
        }
        var after = Counts.parse(server.ask(plugin.counts(job.login())));
        return new Tally(after, Counts.differences(before, after).isEmpty());
    }
}
