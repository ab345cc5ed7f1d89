package io.dokploy.core;

import io.dokploy.api.Operation;
import io.dokploy.api.PointInTimeBackups;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.LogArchive;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.Tree;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.backup.LogArchives;
import io.dokploy.core.backup.LogSource;
import io.dokploy.core.backup.PointInTimeHandlers;
import io.dokploy.core.database.Capability;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.database.SpecCheck;
import io.dokploy.spi.database.ArchivesLog;
import java.time.Duration;
import java.time.Instant;

/** Brings databases of one environment back to a moment, for one actor. */
final class EnvironmentPointInTime extends EnvironmentPart implements PointInTimeBackups {

    private static final Duration DEADLINE = Duration.ofHours(24);

    EnvironmentPointInTime(ActorClient client, String project, String environment) {
        super(client, project, environment);
    }

    @Override
    public Operation<LogArchive> start(String database, String target) {
        var known = database("take", database);
        running.store().backups().target(target);
        Capability.of(ArchivesLog.class, KnownDatabase.of(running.platform(), known));
        return running.store().inTransaction(() -> {
            running.store().logArchives().insert(known.id(), target, subject(database));
            var arguments = DatabaseHandlers.arguments(known).put(BackupHandlers.SCHEDULE, Backup.POINT_IN_TIME);
            return submit(known, PointInTimeHandlers.START, arguments, LogArchive.class);
        });
    }

    @Override
    public Operation<Void> stop(String database) {
        var known = archived("take", database);
        return submit(known, PointInTimeHandlers.STOP, DatabaseHandlers.arguments(known), Void.class);
    }

    @Override
    public LogArchive get(String database) {
        return new LogArchives(running.platform()).of(database("read", database));
    }

    @Override
    public Operation<CataloguedBackup> backUpBase(String database) {
        var known = archived("take", database);
        return submit(known, PointInTimeHandlers.BASE, DatabaseHandlers.arguments(known), CataloguedBackup.class);
    }

    @Override
    public Instant name(String database, String point) {
        var known = database("take", database);
        // Checks the name.
        PointInTime.named(point);
        return new LogArchives(running.platform()).name(known, point);
    }

    @Override
    public Operation<Database> restore(String database, PointInTime moment) {
        var known = archived("restore", database);
        var arguments = arguments(known, moment);
        return submit(known, PointInTimeHandlers.RESTORE, arguments, Database.class);
    }

    @Override
    public Operation<Database> restoreAsNew(String database, PointInTime moment, DatabaseSpec spec) {
        client.require("backup.restore", subject(database));
        client.require("database.create", subject(spec.name()));
        var plugin = running.platform().plugins().database(spec.engine().plugin());
        Capability.of(ArchivesLog.class, plugin, subject(spec.name()));
        var source = new LogSource(running.platform(), project, environment, database);
        var base = source.base(moment).backup();
        var version = spec.version().orElse(base.engineVersion());
        SpecCheck.check(
                spec, plugin, version, running.platform().pacing().clock().instant());
        return running.store().inTransaction(() -> {
            var made = unfilled(spec, version);
            return submit(
                    made,
                    PointInTimeHandlers.RESTORE_AS_NEW,
                    arguments(made, moment).put(PointInTimeHandlers.SOURCE, database),
                    Database.class);
        });
    }

    private static Tree.BranchBuilder arguments(Database into, PointInTime moment) {
        var arguments = DatabaseHandlers.arguments(into);
        moment.time().ifPresent(time -> arguments.put(PointInTimeHandlers.TIME, time.toString()));
        moment.name().ifPresent(name -> arguments.put(PointInTimeHandlers.POINT, name));
        return arguments;
    }

    private Database database(String action, String name) {
        client.require("backup." + action, subject(name));
        return ours(name, "Back it up by dumps, or restore one into a database of its own, by restoreAsNew.");
    }

    private Database archived(String action, String name) {
        var known = database(action, name);
        LogArchives.require(running.platform(), known);
        return known;
    }

    private <T> Operation<T> submit(Database known, String kind, Tree.BranchBuilder arguments, Class<T> result) {
        return submit(kind, known.id().value(), subject(known.name()), arguments, result, DEADLINE);
    }
}
