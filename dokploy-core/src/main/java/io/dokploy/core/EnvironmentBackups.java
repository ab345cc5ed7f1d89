package io.dokploy.core;

import io.dokploy.api.BackupSchedules;
import io.dokploy.api.Backups;
import io.dokploy.api.Operation;
import io.dokploy.api.PointInTimeBackups;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.ResourceName;
import io.dokploy.api.value.Tree;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.backup.BackupSource;
import io.dokploy.core.backup.ImageHandlers;
import io.dokploy.core.backup.PlaceProbe;
import io.dokploy.core.backup.VolumeHandlers;
import io.dokploy.core.database.Capability;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.database.SpecCheck;
import io.dokploy.spi.database.HasRoles;
import java.time.Duration;
import java.util.List;

/** Backups of the databases of one environment, for one actor. */
final class EnvironmentBackups extends EnvironmentPart implements Backups {

    private static final String STORE = "store";
    private static final Duration DEADLINE = Duration.ofHours(24);

    EnvironmentBackups(ActorClient client, String project, String environment) {
        super(client, project, environment);
    }

    @Override
    public void putTarget(String name, PluginSettings settings) {
        client.require("backup.target", name);
        var problems = Problems.of("backup target");
        ResourceName.check(problems, "name", name);
        problems.throwIfAny();
        var document = settings.toDocument();
        running.platform().plugins().backup(document.plugin()).check(document);
        running.store().backups().putTarget(name, document);
    }

    @Override
    public List<String> targets() {
        client.require("backup.read", "instance");
        return running.store().backups().targets();
    }

    @Override
    public void removeTarget(String name) {
        client.require("backup.target", name);
        running.store().backups().removeTarget(name);
    }

    @Override
    public void test(String target) {
        client.require("backup.target", target);
        new PlaceProbe(running.platform()).run(target);
    }

    @Override
    public Operation<CataloguedBackup> backUp(String database, String target) {
        var known = database("take", database);
        return take(new BackupSource(Kind.DATABASE, known.id().value()), subject(database), target);
    }

    @Override
    public Operation<CataloguedBackup> backUpStore(String target) {
        client.require("backup.store", "instance");
        return take(BackupSource.STORE, STORE, target);
    }

    private Operation<CataloguedBackup> take(BackupSource source, String subject, String target) {
        running.store().backups().target(target);
        return submit(
                source.operation(),
                source.lane(),
                subject,
                source.arguments().put(BackupHandlers.TARGET, target),
                CataloguedBackup.class);
    }

    /** That of its making, so that what failed and what succeeds later belong together. */
    private String subjectOf(Backup backup) {
        return backup.kind() == Kind.STORE ? STORE : subject(backup.name());
    }

    @Override
    public List<CataloguedBackup> listStore() {
        client.require("backup.read", "instance");
        return running.store().backups().list(Kind.STORE, "", "", "");
    }

    @Override
    public Operation<CataloguedBackup> backUpVolumes(String application, String target, DuringBackup during) {
        var source = source(Kind.VOLUMES, application);
        running.store().backups().target(target);
        return submit(
                source.operation(),
                source.lane(during),
                subject(application),
                source.arguments().put(VolumeHandlers.DURING, during.name()).put(BackupHandlers.TARGET, target),
                CataloguedBackup.class);
    }

    private BackupSource source(Kind kind, String application) {
        client.require("backup.take", subject(application));
        var known = running.store()
                .applications()
                .find(project, environment, application)
                .orElseThrow(() -> new NotFoundException(
                        "application " + subject(application),
                        "there is none of that name",
                        "Create it, or correct the name."));
        return new BackupSource(kind, known.id().value());
    }

    @Override
    public Operation<CataloguedBackup> backUpImage(String application, String target) {
        return take(source(Kind.IMAGE, application), subject(application), target);
    }

    @Override
    public List<CataloguedBackup> listImages(String application) {
        client.require("backup.read", subject(application));
        return running.store().backups().list(Kind.IMAGE, project, environment, application);
    }

    @Override
    public Operation<Void> restoreImage(BackupId backup) {
        var known = known("restore", backup);
        return submit(
                ImageHandlers.RESTORE,
                "image:" + known.backup().serverVersion(),
                subjectOf(known.backup()),
                Tree.branch().put(BackupHandlers.BACKUP, backup.value()),
                Void.class);
    }

    @Override
    public List<CataloguedBackup> listVolumes(String application) {
        client.require("backup.read", subject(application));
        return running.store().backups().list(Kind.VOLUMES, project, environment, application);
    }

    @Override
    public Operation<Void> restoreVolume(BackupId backup, String volume, String newName) {
        known("restore", backup);
        var arguments = Tree.branch().put(BackupHandlers.BACKUP, backup.value()).put(VolumeHandlers.VOLUME, volume);
        return makeVolume(VolumeHandlers.RESTORE, newName, arguments);
    }

    @Override
    public Operation<Void> importVolume(String target, String key, String newName) {
        client.require("backup.restore", subject(newName));
        running.store().backups().target(target);
        var arguments = Tree.branch().put(BackupHandlers.TARGET, target).put(BackupHandlers.KEY, key);
        return makeVolume(VolumeHandlers.IMPORT, newName, arguments);
    }

    private Operation<Void> makeVolume(String kind, String newName, Tree.BranchBuilder arguments) {
        // Checks the name as a mount would.
        var checked = (Mount.Volume) Mount.volume(newName, "/volume");
        return submit(
                kind,
                "volume:" + subject(checked.name()),
                subject(checked.name()),
                arguments
                        .put(VolumeHandlers.NEW_NAME, checked.name())
                        .put(VolumeHandlers.PROJECT, project)
                        .put(VolumeHandlers.ENVIRONMENT, environment),
                Void.class);
    }

    @Override
    public Operation<CataloguedBackup> verify(BackupId backup) {
        var known = known("verify", backup);
        return submit(
                BackupHandlers.VERIFY,
                backup.value(),
                subjectOf(known.backup()),
                Tree.branch().put(BackupHandlers.BACKUP, backup.value()),
                CataloguedBackup.class);
    }

    @Override
    public Operation<Database> restore(BackupId backup, String database, RestoreRequest request) {
        Problems.of("restore request")
                .require(request.roles().isEmpty(), "roles", "are for dumps made elsewhere: a backup brings its own")
                .throwIfAny();
        var place = known("restore", backup).target();
        var arguments = Tree.branch().put(BackupHandlers.BACKUP, backup.value());
        return replace(BackupHandlers.RESTORE, database, place, request, arguments);
    }

    @Override
    public Operation<Database> importDump(String database, String target, String key, RestoreRequest request) {
        running.store().backups().target(target);
        var arguments = Tree.branch()
                .put(BackupHandlers.TARGET, target)
                .put(BackupHandlers.KEY, key)
                .put(BackupHandlers.ROLES, request.roles());
        return replace(BackupHandlers.IMPORT_DUMP, database, target, request, arguments);
    }

    private Operation<Database> replace(
            String kind, String database, String place, RestoreRequest request, Tree.BranchBuilder arguments) {
        client.require("backup.restore", subject(database));
        var target = ours(database, "Restore it into a database of its own, by restoreAsNew.");
        arguments.put(DatabaseHandlers.DATABASE, target.id().value());
        if (!request.roles().isEmpty()) {
            Capability.of(HasRoles.class, KnownDatabase.of(running.platform(), target));
        }
        if (request.safetyBackup()) {
            var safety = request.safetyTarget().orElse(place);
            running.store().backups().target(safety);
            arguments.put(BackupHandlers.SAFETY, safety);
        }
        return submit(kind, target.id().value(), subject(database), arguments, Database.class);
    }

    @Override
    public Operation<Database> restoreAsNew(BackupId backup, DatabaseSpec spec) {
        known("restore", backup);
        client.require("database.create", subject(spec.name()));
        var plugin = running.platform().plugins().database(spec.engine().plugin());
        var version = spec.version().orElseGet(plugin::defaultVersion);
        SpecCheck.check(
                spec, plugin, version, running.platform().pacing().clock().instant());
        return running.store().inTransaction(() -> {
            var made = unfilled(spec, version);
            return submit(
                    BackupHandlers.RESTORE_AS_NEW,
                    made.id().value(),
                    subject(spec.name()),
                    DatabaseHandlers.arguments(made).put(BackupHandlers.BACKUP, backup.value()),
                    Database.class);
        });
    }

    @Override
    public List<CataloguedBackup> list(String database) {
        client.require("backup.read", subject(database));
        return running.store().backups().list(Kind.DATABASE, project, environment, database);
    }

    @Override
    public Operation<Integer> importFrom(String target) {
        client.require("backup.import", target);
        running.store().backups().target(target);
        return submit(
                BackupHandlers.IMPORT,
                "backup-target:" + target,
                "backup target " + target,
                Tree.branch().put(BackupHandlers.TARGET, target),
                Integer.class);
    }

    @Override
    public Operation<Void> delete(BackupId backup) {
        var known = known("delete", backup);
        return submit(
                BackupHandlers.DELETE,
                backup.value(),
                subject(known.backup().name()),
                Tree.branch().put(BackupHandlers.BACKUP, backup.value()),
                Void.class);
    }

    @Override
    public PointInTimeBackups pointInTime() {
        return new EnvironmentPointInTime(client, project, environment);
    }

    @Override
    public BackupSchedules schedules() {
        return new EnvironmentSchedules(client, project, environment);
    }

    private Database database(String action, String name) {
        client.require("backup." + action, subject(name));
        return database(name);
    }

    private CataloguedBackup known(String action, BackupId id) {
        client.require("backup." + action, id.value());
        return running.store()
                .backups()
                .find(id)
                .orElseThrow(() -> new NotFoundException(
                        "backup " + id, "the catalogue does not know it", "Import the place where it lies."));
    }

    private <T> Operation<T> submit(
            String kind, String lane, String subject, Tree.BranchBuilder arguments, Class<T> result) {
        return submit(kind, lane, subject, arguments, result, DEADLINE);
    }
}
