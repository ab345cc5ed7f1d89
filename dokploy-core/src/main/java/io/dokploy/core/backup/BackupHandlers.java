package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.UserRestarts;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.plugin.Contexts;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
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

    /** Makes a database with the data of a backup. */
    public static final String RESTORE_AS_NEW = "backup.restore-as-new";

    /** Replaces the data of a database by a dump of somebody else. */
    public static final String IMPORT_DUMP = "backup.import-dump";

    /** Adds to the catalogue what lies in a place. */
    public static final String IMPORT = "backup.import";

    /** Removes a backup. */
    public static final String DELETE = "backup.delete";

    /** Removes what a schedule's retention does not keep. */
    public static final String PRUNE = "backup.prune";

    /** Removes what dead runs left in a place. */
    public static final String SWEEP = "backup.sweep";

    /** The backup's id. */
    public static final String BACKUP = "backup";

    /** The name of the place of a backup before a restore; missing: there is none. */
    public static final String SAFETY = "safety";

    /** The name of the place. */
    public static final String TARGET = "target";

    /** The key of somebody else's object in the place. */
    public static final String KEY = "key";

    /** Names of roles that a dump of somebody else needs. */
    public static final String ROLES = "roles";

    /** The schedule, as its backups name it. */
    public static final String SCHEDULE = "schedule";

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
        return Map.ofEntries(
                Map.entry(BACK_UP, new Reported<>(this::backUp)),
                Map.entry(BACK_UP_STORE, new Reported<>(this::backUpStore)),
                Map.entry(VERIFY, new Reported<>(this::verify)),
                Map.entry(RESTORE, new Reported<>(this::restore)),
                Map.entry(RESTORE_AS_NEW, new Reported<>(this::restoreAsNew)),
                Map.entry(IMPORT_DUMP, new Reported<>(this::importDump)),
                Map.entry(PRUNE, new Reported<>(this::prune)),
                Map.entry(SWEEP, (OperationHandler<Integer>) this::sweep),
                Map.entry(IMPORT, (OperationHandler<Integer>) this::importFrom),
                Map.entry(DELETE, (OperationHandler<Void>) this::delete));
    }

    private CataloguedBackup backUp(OperationContext operation) {
        var database = database(operation);
        var source = new BackupSource(Kind.DATABASE, database.id().value());
        var run = BackupRun.asked(platform, operation, source);
        var backup = DatabaseHandlers.with(
                platform, operation, database, job -> run.store(BackupJob.of(job, keys), new DatabaseDump(job)));
        return run.finish(backup, () -> prove(operation, backup, run.target()));
    }

    private CataloguedBackup backUpStore(OperationContext operation) {
        try (var context = context(operation)) {
            var job = new BackupJob(platform, operation, context, keys);
            var run = BackupRun.asked(platform, operation, BackupSource.STORE);
            var backup = run.store(job, StoreDump.of(job));
            return run.finish(backup, () -> new VerifyBackup(job).run(new StoreProof(job), backup, run.target()));
        }
    }

    private CataloguedBackup verify(OperationContext operation) {
        var catalogue = new Catalogue(platform, operation);
        var asked = catalogue.asked();
        prove(operation, asked.backup(), asked.target());
        return catalogue.known(asked.backup().id());
    }

    private void prove(OperationContext operation, Backup backup, String target) {
        try (var context = context(operation)) {
            var job = new BackupJob(platform, operation, context, keys);
            new VerifyBackup(job).run(proof(job, backup), backup, target);
        }
    }

    private Proof proof(BackupJob job, Backup backup) {
        return switch (backup.kind()) {
            case DATABASE, BASE -> DatabaseProof.of(job, backup);
            case VOLUMES -> new VolumesProof(job);
            case IMAGE -> new ImageProof(job);
            case STORE -> new StoreProof(job);
            case LOG ->
                throw new UserErrorException(Failure.user(
                        "log-by-itself",
                        "backup " + backup.id(),
                        "it is a stretch of a database's log, which nothing can be restored from by itself",
                        "Verify a base."));
        };
    }

    private Database restore(OperationContext operation) {
        var catalogued = new Catalogue(platform, operation).asked();
        var safety = operation.arguments().text(SAFETY);
        return replace(
                operation, job -> new RestoreBackup(keys).run(job, catalogued.backup(), catalogued.target(), safety));
    }

    private Database importDump(OperationContext operation) {
        var arguments = operation.arguments();
        return replace(
                operation,
                job -> new ImportDump(job, keys, arguments.text(TARGET, ""), arguments.text(KEY, ""))
                        .run(arguments.text(SAFETY), arguments.texts(ROLES)));
    }

    /** Who uses it is restarted afterwards. */
    private Database replace(OperationContext operation, Function<DatabaseJob, Database> work) {
        var database = database(operation);
        restarts.after(operation, database, () -> DatabaseHandlers.with(platform, operation, database, work));
        return database(operation);
    }

    private Integer prune(OperationContext operation) {
        var source = BackupSource.of(operation.arguments());
        var mark = operation.arguments().text(SCHEDULE, "");
        var row = platform.store()
                .schedules()
                .marked(source.kind(), source.id(), mark)
                .orElseThrow(() -> new NotFoundException(
                        "backup schedule " + mark, "it was removed before its turn came", "Put it again."));
        try (var context = context(operation)) {
            return new PruneBackups(platform).run(operation, row, context);
        }
    }

    private Integer sweep(OperationContext operation) {
        return atPlace(
                operation,
                operation.arguments().text(TARGET, ""),
                (target, place) -> new SweepTarget(platform).run(operation, target, place));
    }

    private Database restoreAsNew(OperationContext operation) {
        var catalogued = new Catalogue(platform, operation).asked();
        return DatabaseHandlers.with(
                platform,
                operation,
                database(operation),
                job -> new RestoreBackup(keys).runAsNew(job, catalogued.backup(), catalogued.target()));
    }

    private Integer importFrom(OperationContext operation) {
        return atPlace(
                operation,
                operation.arguments().text(TARGET, ""),
                (target, place) -> new ImportBackups(platform).run(operation, target, place));
    }

    private @Nullable Void delete(OperationContext operation) {
        var id = new BackupId(operation.arguments().text(BACKUP, ""));
        var catalogued = platform.store().backups().findAlsoRemoving(id).orElseThrow(() -> Catalogue.unknown(id));
        atPlace(operation, catalogued.target(), (target, place) -> {
            new RemoveBackup(platform).run(catalogued, place);
            return id;
        });
        return null;
    }

    private interface PlaceWork<T> {
        T run(String target, BackupTarget.Store place) throws IOException;
    }

    private <T> T atPlace(OperationContext operation, String target, PlaceWork<T> work) {
        try (var context = context(operation);
                var place = Place.open(platform, target, context)) {
            return work.run(target, place);
        } catch (IOException e) {
            throw Place.failed(target, "backup target " + target, e);
        }
    }

    private Contexts.CallContext context(OperationContext operation) {
        return platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked);
    }

    private Database database(OperationContext operation) {
        return DatabaseHandlers.asked(platform, operation);
    }
}
