package io.dokploy.core;

import io.dokploy.api.BackupSchedules;
import io.dokploy.api.Backups;
import io.dokploy.api.Operation;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.ResourceName;
import io.dokploy.api.value.Tree;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.backup.PlaceProbe;
import io.dokploy.core.database.DatabaseHandlers;
import java.time.Duration;
import java.util.List;

/** Backups of the databases of one environment, for one actor. */
final class EnvironmentBackups extends EnvironmentPart implements Backups {

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
        running.store().backups().target(target);
        return submit(
                BackupHandlers.BACK_UP,
                known.id().value(),
                subject(database),
                DatabaseHandlers.arguments(known).put(BackupHandlers.TARGET, target),
                CataloguedBackup.class);
    }

    @Override
    public Operation<CataloguedBackup> backUpStore(String target) {
        client.require("backup.store", "instance");
        running.store().backups().target(target);
        return submit(
                BackupHandlers.BACK_UP_STORE,
                "instance",
                "store",
                Tree.branch().put(BackupHandlers.TARGET, target),
                CataloguedBackup.class);
    }

    @Override
    public List<CataloguedBackup> listStore() {
        client.require("backup.read", "instance");
        return running.store().backups().list(Kind.STORE, "", "", "");
    }

    @Override
    public Operation<CataloguedBackup> verify(BackupId backup) {
        var known = known("verify", backup);
        return submit(
                BackupHandlers.VERIFY,
                backup.value(),
                subject(known.backup().name()),
                Tree.branch().put(BackupHandlers.BACKUP, backup.value()),
                CataloguedBackup.class);
    }

    @Override
    public Operation<Database> restore(BackupId backup, String database) {
        known("restore", backup);
        var target = database("restore", database);
        return submit(
                BackupHandlers.RESTORE,
                target.id().value(),
                subject(database),
                DatabaseHandlers.arguments(target).put(BackupHandlers.BACKUP, backup.value()),
                Database.class);
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
