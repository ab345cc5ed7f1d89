package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.core.database.Counts;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.SharesView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Dumps a database with its engine's own tools, and counts what is in it. */
final class DatabaseDump implements Dump {

    private static final Duration LAST_WORDS = Duration.ofMinutes(1);

    private final DatabaseJob job;

    DatabaseDump(DatabaseJob job) {
        this.job = job;
    }

    @Override
    public Source source() {
        return Source.of(Kind.DATABASE, job.database());
    }

    @Override
    public Contents writeTo(BackupDraft draft) throws IOException {
        return job.plugin() instanceof SharesView sharing ? dumpView(sharing, draft) : dumpBetweenCounts(draft);
    }

    private Contents dumpView(SharesView sharing, BackupDraft draft) throws IOException {
        var server = job.serving();
        try (var view = server.talking(sharing.hold(job.login()));
                var cancelled = job.context().cancelToken().onCancel(view::close);
                var lines = new BufferedReader(new InputStreamReader(view.output(), StandardCharsets.UTF_8))) {
            var name = lines.readLine();
            if (name != null) {
                var database = job.database();
                write(sharing.dump(database.spec(), database.engineVersion(), job.login(), name), draft);
            }
            view.input().close();
            var counts = Counts.parse(lines.lines().collect(Collectors.joining("\n")));
            view.requireSuccess(LAST_WORDS);
            return new Contents(serverVersion(), counts, true);
        }
    }

    private Contents dumpBetweenCounts(BackupDraft draft) throws IOException {
        var plugin = job.plugin();
        var database = job.database();
        var counts = plugin.counts(job.login());
        var before = Counts.parse(job.serving().ask(counts));
        write(plugin.dump(database.spec(), database.engineVersion(), job.login()), draft);
        var after = Counts.parse(job.serving().ask(counts));
        return new Contents(
                serverVersion(), after, Counts.differences(before, after).isEmpty());
    }

    private void write(List<DumpPart> parts, BackupDraft draft) throws IOException {
        for (DumpPart part : parts) {
            draft.write(job.serving(), part);
        }
    }

    private String serverVersion() {
        return job.serving().ask(job.plugin().serverVersion(job.login())).strip();
    }
}
