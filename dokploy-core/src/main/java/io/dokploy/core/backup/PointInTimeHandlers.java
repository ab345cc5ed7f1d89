package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.LogArchive;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.NotRunningException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.LogReceiver;
import io.dokploy.core.database.NewDatabase;
import io.dokploy.core.database.UserRestarts;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.LogArchiveRow;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.database.ArchivesLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What operations do with the log of a database. */
public final class PointInTimeHandlers {

    /** Begins to store the log, with a first base. */
    public static final String START = "log.start";

    /** Ends that. */
    public static final String STOP = "log.stop";

    /** Takes a base and proves it. */
    public static final String BASE = "backup.base";

    /** Brings a database back to a moment. */
    public static final String RESTORE = "backup.restore-moment";

    /** Makes a database with what another one held at a moment. */
    public static final String RESTORE_AS_NEW = "backup.restore-moment-as-new";

    /** The name of the database whose moment it is, in the environment of the new one. */
    public static final String SOURCE = "source";

    /** The moment, as a time in ISO 8601. */
    public static final String TIME = "time";

    /** The name of the moment. */
    public static final String POINT = "point";

    private static final Duration LET_GO_WITHIN = Duration.ofSeconds(30);

    private final Platform platform;
    private final BackupKeys keys;
    private final UserRestarts restarts;

    /** Handlers that work on this platform. */
    public PointInTimeHandlers(Platform platform, BackupKeys keys, UserRestarts restarts) {
        this.platform = platform;
        this.keys = keys;
        this.restarts = restarts;
    }

    /** By kind. */
    public Map<String, OperationHandler<?>> all() {
        return Map.of(
                START,
                (OperationHandler<LogArchive>) operation -> with(operation, this::start),
                STOP,
                (OperationHandler<Void>) operation -> with(operation, this::stop),
                BASE,
                new Reported<>(operation -> with(operation, this::base)),
                RESTORE,
                new Reported<>(this::restore),
                RESTORE_AS_NEW,
                new Reported<>(operation -> with(operation, this::restoreAsNew)));
    }

    private <T extends @Nullable Object> T with(OperationContext operation, Function<DatabaseJob, T> work) {
        return DatabaseHandlers.with(platform, operation, database(operation), work);
    }

    private Database database(OperationContext operation) {
        return DatabaseHandlers.asked(platform, operation);
    }

    private LogArchiveRow row(DatabaseJob job) {
        return LogArchives.require(platform, job.database());
    }

    private LogArchive start(DatabaseJob job) {
        try {
            requireRunning(job);
            base(job);
            return new LogArchives(platform).of(job.database());
        } catch (FencedException | ShutDownException e) {
            throw e;
        } catch (RuntimeException e) {
            undo(job, e);
            throw e;
        }
    }

    /** A cancellation must not stop what it asked for. */
    private void undo(DatabaseJob job, RuntimeException failure) {
        try (var context = platform.contexts().open(Progress.none(), CancelToken.never(), job.operation()::masked)) {
            detach(job.within(context));
        } catch (DokployException undoFailure) {
            failure.addSuppressed(undoFailure);
            job.say("What was begun could not be ended: " + undoFailure.getMessage());
        }
    }

    private static void requireRunning(DatabaseJob job) {
        if (!job.serving().isRunning()) {
            throw new NotRunningException(job.subject(), "it does not run, and so writes no log", "Start it first.");
        }
    }

    private CataloguedBackup base(DatabaseJob job) {
        job.operation().step("attach");
        var shipping = new ShipLog(platform, keys, job.known(), job.context());
        shipping.attach(row(job));
        var row = row(job);
        var work = BackupJob.of(job, keys);
        var source = new BackupSource(Kind.BASE, job.database().id().value());
        var run = new BackupRun(platform, job.operation(), source, row.target());
        var base = run.store(work, new BaseDump(job, row, shipping));
        return run.finish(base, () -> new VerifyBackup(work).run(DatabaseProof.of(work, base), base, row.target()));
    }

    private @Nullable Void stop(DatabaseJob job) {
        requireRunning(job);
        detach(job);
        return null;
    }

    private void detach(DatabaseJob job) {
        var id = job.database().id();
        if (platform.store().logArchives().find(id).isEmpty()) {
            return;
        }
        try (var lease = LogLease.take(platform, id, job.context().cancelToken())) {
            detach(job, lease);
        }
    }

    /** A server that keeps its log for nobody fills its disk. */
    private void detach(DatabaseJob job, LogLease lease) {
        lease.renew();
        new LogReceiver(job.known(), job.context()).remove();
        if (job.serving().isRunning()) {
            var release = ((ArchivesLog) job.plugin()).releaseLog(job.login());
            boolean released = platform.pacing()
                    .await(
                            LET_GO_WITHIN,
                            job.context().cancelToken(),
                            () -> job.serving().ask(release).isBlank());
            if (!released) {
                throw new TemporaryException(
                        Failure.temporary(
                                "log-not-released",
                                job.subject(),
                                "it still keeps its log for the receiver, which was removed",
                                "Try again: else its disk fills up."),
                        null);
            }
        }
        platform.store().logArchives().delete(job.database().id());
    }

    private Database restore(OperationContext operation) {
        var database = database(operation);
        restarts.after(
                operation,
                database,
                () -> with(operation, job -> {
                    row(job);
                    return new RestoreMoment(job, keys, LogSource.of(platform, job.database())).run(moment(operation));
                }));
        return database(operation);
    }

    private Database restoreAsNew(DatabaseJob job) {
        var database = job.database();
        var arguments = job.operation().arguments();
        var source = new LogSource(platform, database.project(), database.environment(), arguments.text(SOURCE, ""));
        return NewDatabase.filledOrNothing(
                job, () -> new RestoreMoment(job, keys, source).run(moment(job.operation())));
    }

    private static PointInTime moment(OperationContext operation) {
        var arguments = operation.arguments();
        return new PointInTime(arguments.text(TIME).map(Instant::parse), arguments.text(POINT));
    }
}
