package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.LogArchive;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.core.database.Capability;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.LogArchiveRow;
import io.dokploy.core.store.LogArchiveTable.NamedMoment;
import io.dokploy.spi.database.ArchivesLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells what is stored of the logs of databases, and names moments in them. */
public final class LogArchives {

    private final Platform platform;

    /** Those that this store knows. */
    public LogArchives(Platform platform) {
        this.platform = platform;
    }

    /** By the catalogue. */
    public LogArchive of(Database database) {
        var row = require(platform, database);
        var backups = platform.store().backups();
        var bases = backups.list(Kind.BASE, database.project(), database.environment(), database.name()).stream()
                .filter(base -> base.target().equals(row.target()))
                .toList();
        var newest =
                backups.newestOfLog(row.history()).flatMap(log -> log.backup().log());
        return new LogArchive(
                database.name(),
                row.target(),
                bases,
                newest.map(LogSpan::until),
                missing(database, row.target(), bases),
                platform.store().logArchives().points(database.id()).stream()
                        .collect(Collectors.toMap(
                                NamedMoment::name, NamedMoment::time, (one, other) -> one, TreeMap::new)),
                row.failure());
    }

    private List<String> missing(Database database, String target, List<CataloguedBackup> bases) {
        var plugin = (ArchivesLog) KnownDatabase.of(platform, database).plugin();
        var missing = new ArrayList<String>();
        bases.stream()
                .map(base -> base.backup().log().orElseThrow())
                .collect(Collectors.toMap(
                        LogSpan::history,
                        LogSpan::first,
                        (one, other) -> one.compareTo(other) < 0 ? one : other,
                        TreeMap::new))
                .forEach((history, first) -> {
                    var stored = new TreeSet<String>();
                    platform.store()
                            .backups()
                            .log(history)
                            .forEach(log -> log.backup().parts().stream()
                                    .map(Part::name)
                                    .forEach(stored::add));
                    missing.addAll(RecoveryChain.missing(first, stored, plugin::segmentAfter));
                });
        return missing;
    }

    /** Names this moment. */
    public Instant name(Database database, String name) {
        var known = KnownDatabase.of(platform, database);
        var plugin = Capability.of(ArchivesLog.class, known);
        require(platform, database);
        requireFree(database, name);
        try (var context = platform.contexts().quiet()) {
            var position = LogPosition.parse(
                    known.server(known.placement(), context).ask(plugin.nameMoment(known.login(), name)));
            platform.store()
                    .logArchives()
                    .insertPoint(
                            database.id(),
                            new NamedMoment(
                                    name,
                                    position.time(),
                                    LogArchiveRow.history(database.id(), database.generation())));
            return position.time();
        }
    }

    /** A server recovers to the first moment of a name. */
    private void requireFree(Database database, String name) {
        boolean isTaken = platform.store().logArchives().points(database.id()).stream()
                .anyMatch(point -> point.name().equals(name));
        if (isTaken) {
            throw new AlreadyExistsException(
                    "moment " + name, "the database has a moment of that name", "Choose another name.");
        }
    }

    /** @throws NotFoundException if the log of that database is not to be stored */
    public static LogArchiveRow require(Platform platform, Database database) {
        return platform.store()
                .logArchives()
                .find(database.id())
                .orElseThrow(() -> new NotFoundException(
                        "database " + database.name(), "its log is not stored", "Begin with pointInTime().start."));
    }
}
