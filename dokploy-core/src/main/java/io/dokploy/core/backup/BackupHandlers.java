package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.UserRestarts;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.pipeline.Platform;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What each kind of operation does with backups. */
public final class BackupHandlers {

    /** Dumps a database into a place, and proves it. */
    public static final String BACK_UP = "backup.take";

    /** Backs up the store itself, and proves it. */
    public static final String BACK_UP_STORE = "backup.store";

    /** Proves a backup. */
    public static final String VERIFY = "backup.verify";

    /** Replaces the data of a database. */
    public static final String RESTORE = "backup.restore";

    /** Adds to the catalogue what lies in a place. */
    public static final String IMPORT = "backup.import";

    /** Removes a backup. */
    public static final String DELETE = "backup.delete";

    /** The backup's id. */
    public static final String BACKUP = "backup";

    /** The name of the place. */
    public static final String TARGET = "target";

    private final Platform platform;
    private final BackupKeys keys;
    private final UserRestarts restarts;

    /** Handlers that work on this platform. */
    public BackupHandlers(Platform platform, BackupKeys keys, UserRestarts restarts) {
        this.platform = platform;
        this.keys = keys;
        this.restarts = restarts;
    }

    /** By kind. */
    public Map<String, OperationHandler<?>> all() {
        return Map.of(
                BACK_UP, operation -> reported(operation, () -> backUp(operation)),
                BACK_UP_STORE, operation -> reported(operation, () -> backUpStore(operation)),
                VERIFY, operation -> reported(operation, () -> verify(operation)),
                RESTORE, operation -> reported(operation, () -> restore(operation)),
                IMPORT, (OperationHandler<Integer>) this::importFrom,
                DELETE, (OperationHandler<Void>) this::delete);
    }

    private <T> T reported(OperationContext operation, Supplier<T> work) {
        try {
            return work.get();
        } catch (FencedException | ShutDownException | CancelledException e) {
            throw e;
        } catch (DokployException e) {
            operation.emit(
                    EventType.BACKUP_FAILED,
                    Severity.ERROR,
                    Tree.branch()
                            .put("kind", operation.record().kind())
                            .put("code", e.code())
                            .put("reason", operation.masked(e.failure().reason()))
                            .build());
            throw e;
        }
    }

    private CataloguedBackup backUp(OperationContext operation) {
        var database = database(operation);
        var target = operation.arguments().text(TARGET, "");
        Backup backup =
                DatabaseHandlers.with(platform, operation, database, job -> new TakeBackup(keys).run(job, target));
        prove(operation, backup, target, database.spec());
        return known(backup.id());
    }

    private CataloguedBackup backUpStore(OperationContext operation) {
        var target = operation.arguments().text(TARGET, "");
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            var store = new StoreBackup(platform, operation, context, keys);
            var backup = store.take(target);
            store.prove(backup, target);
            return known(backup.id());
        }
    }

    private CataloguedBackup verify(OperationContext operation) {
        var catalogued = known(new BackupId(operation.arguments().text(BACKUP, "")));
        var backup = catalogued.backup();
        if (backup.kind() == Kind.STORE) {
            try (var context =
                    platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
                new StoreBackup(platform, operation, context, keys).prove(backup, catalogued.target());
            }
            return known(backup.id());
        }
        var spec = platform.store()
                .databases()
                .find(backup.project(), backup.environment(), backup.name())
                .map(Database::spec)
                .filter(found -> found.engine().plugin().equals(backup.engine()))
                .orElseGet(() -> VerifyBackup.specOf(backup));
        prove(operation, backup, catalogued.target(), spec);
        return known(backup.id());
    }

    private void prove(OperationContext operation, Backup backup, String target, DatabaseSpec spec) {
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            new VerifyBackup(platform, keys).run(operation, context, backup, target, spec);
        }
    }

    private Database restore(OperationContext operation) {
        var catalogued = known(new BackupId(operation.arguments().text(BACKUP, "")));
        var database = database(operation);
        if (!restarts.haveBegun(operation)) {
            restarts.announce(operation, database);
            DatabaseHandlers.with(
                    platform,
                    operation,
                    database,
                    job -> new RestoreBackup(keys).run(job, catalogued.backup(), catalogued.target()));
        }
        restarts.run(operation, database);
        return database(operation);
    }

    private Integer importFrom(OperationContext operation) {
        var target = operation.arguments().text(TARGET, "");
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked);
                var place = Place.open(platform, target, context)) {
            var found = new Manifests(place, context.json())
                    .read((key, problem) -> operation
                            .progress()
                            .line(key + " is not a manifest that can be read: " + problem.getMessage()));
            int added = 0;
            for (Backup backup : found) {
                added += platform.store().backups().add(backup, target) ? 1 : 0;
            }
            return added;
        } catch (IOException e) {
            throw Place.failed(target, "backup target " + target, e);
        }
    }

    private @Nullable Void delete(OperationContext operation) {
        var catalogued = known(new BackupId(operation.arguments().text(BACKUP, "")));
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked);
                var place = Place.open(platform, catalogued.target(), context)) {
            var parts = catalogued.backup().parts();
            if (!parts.isEmpty()) {
                // The manifest first: from then on it is no backup any more.
                place.delete(BackupDraft.manifestOf(catalogued.backup()));
            }
            for (var part : parts) {
                place.delete(part.key());
            }
            platform.store().backups().delete(catalogued.backup().id());
            return null;
        } catch (IOException e) {
            throw Place.failed(
                    catalogued.target(), "backup " + catalogued.backup().id(), e);
        }
    }

    private Database database(OperationContext operation) {
        var id = new DatabaseId(operation.arguments().text(DatabaseHandlers.DATABASE, ""));
        return platform.store()
                .databases()
                .find(id)
                .orElseThrow(() -> new NotFoundException(
                        operation.record().subject(),
                        "the database was deleted before its turn came",
                        "Create it again."));
    }

    private CataloguedBackup known(BackupId id) {
        return platform.store()
                .backups()
                .find(id)
                .orElseThrow(() -> new NotFoundException(
                        "backup " + id, "the catalogue does not know it", "Import the place where it lies."));
    }
}
