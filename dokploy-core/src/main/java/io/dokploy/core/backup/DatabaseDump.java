package io.dokploy.core.backup;

import static java.util.stream.Collectors.toList;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.core.database.Counts;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.ServerDatabases;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.SharesView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        var databases = ServerDatabases.of(job, job.serving());
        var further = databases.further();
        try (var dump = DatabaseParts.of(job, further, draft)) {
            var parts = ServerDatabases.dump(
                    job.plugin(), job.database().spec(), job.database().engineVersion(), dump.login(), further);
            return job.plugin() instanceof SharesView sharing
                    ? dumpViews(sharing, parts, dump)
                    : dumpBetweenCounts(databases, parts, dump);
        }
    }

    /** A view is of one database. */
    private Contents dumpViews(SharesView sharing, List<DumpPart> parts, DatabaseParts dump) throws IOException {
        var byDatabase =
                parts.stream().collect(Collectors.groupingBy(DumpPart::database, LinkedHashMap::new, toList()));
        var counts = new TreeMap<String, Long>();
        for (var of : byDatabase.entrySet()) {
            var login = of.getKey().map(dump.login()::in).orElse(dump.login());
            var there = dumpView(sharing, login, of.getValue(), dump);
            dump.store();
            of.getKey()
                    .map(name -> Counts.of(ServerDatabases.shown(name), there))
                    .orElse(there)
                    .forEach((table, rows) -> counts.merge(table, rows, Long::sum));
        }
        return new Contents(serverVersion(), counts, true);
    }

    private Map<String, Long> dumpView(SharesView sharing, Login login, List<DumpPart> parts, DatabaseParts dump)
            throws IOException {
        try (var view = dump.server().talking(sharing.hold(login));
                var cancelled = job.context().cancelToken().onCancel(view::close);
                var output = new BufferedReader(new InputStreamReader(view.output(), StandardCharsets.UTF_8))) {
            var name = output.readLine();
            if (name != null) {
                for (DumpPart part : parts) {
                    dump.dump(sharing.reading(part, name));
                }
            }
            view.input().close();
            var counts = new StringWriter();
            output.transferTo(counts);
            view.requireSuccess(LAST_WORDS);
            return Counts.parse(counts.toString());
        }
    }

    private Contents dumpBetweenCounts(ServerDatabases databases, List<DumpPart> parts, DatabaseParts dump)
            throws IOException {
        var before = databases.counts();
        for (DumpPart part : parts) {
            dump.dump(part);
            dump.store();
        }
        var after = databases.counts();
        return new Contents(
                serverVersion(), after, Counts.differences(before, after).isEmpty());
    }

    private String serverVersion() {
        return job.serving().ask(job.plugin().serverVersion(job.login())).strip();
    }
}
