package io.dokploy.core.backup;

import io.dokploy.api.Actor;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.core.concurrent.CancelSource;
import io.dokploy.core.concurrent.DaemonTimer;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.operation.OperationQueue;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.operation.Superseding;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.LogArchiveRow;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Progress;
import io.dokploy.spi.database.ArchivesLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the logs of databases about every minute, if anything was committed since; sees that a new generation of a
 * database has its log received and a base of its own. Several programs on one store may all do it: one at a time has the
 * right to each log. One thread; {@link #close()} ends it.
 */
public final class LogShipping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogShipping.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);
    private static final Duration BASE_DEADLINE = Duration.ofHours(24);

    private final Platform platform;
    private final OperationQueue queue;
    private final BackupKeys keys;
    private final LogAlarm alarm;
    private final CancelSource closing = new CancelSource();
    private final Map<DatabaseId, Look> looks = new HashMap<>();
    private final ScheduledExecutorService timer = DaemonTimer.of("dokploy-logs", 1);

    /**
     * What was seen last of a log.
     *
     * @param time       when
     * @param generation of the database
     * @param committed  what its engine said of what was committed
     */
    private record Look(Instant time, int generation, String committed) {}

    /** Begins with {@link #start}; asks that queue for bases. */
    public LogShipping(Platform platform, OperationQueue queue, BackupKeys keys) {
        this.platform = platform;
        this.queue = queue;
        this.keys = keys;
        this.alarm = new LogAlarm(platform.store());
    }

    /** Begins, at once with what was left while nobody did it. */
    public void start() {
        timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            for (LogArchiveRow row : platform.store().logArchives().all()) {
                platform.store().databases().find(row.database()).ifPresent(database -> look(row, database));
            }
        } catch (DokployException e) {
            LOG.warn("Logs of databases cannot be looked at now, trying again: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (!closing.isCancelled()) {
                LOG.error("A look at the logs of databases failed, trying again", e);
            }
        }
    }

    private void look(LogArchiveRow row, Database database) {
        var now = platform.pacing().now();
        var last = Optional.ofNullable(looks.get(row.database()));
        boolean isDue = last.isEmpty()
                || last.get().generation() != database.generation()
                || Duration.between(last.get().time(), now).compareTo(EVERY) >= 0;
        // Before the first base is asked for, its own operation does all.
        if (!isDue || database.stopped() || row.generation() == 0) {
            return;
        }
        LogLease.tryTake(platform, row.database()).ifPresent(lease -> {
            try (lease) {
                var committed = last.map(Look::committed).orElse("");
                looks.put(row.database(), new Look(now, database.generation(), committed));
                look(row.database(), committed, lease);
            }
        });
    }

    /** At what is there now that nobody else works at it: whoever has ended the archive has removed what it needs. */
    private void look(DatabaseId id, String committed, LogLease lease) {
        var store = platform.store();
        store.logArchives()
                .find(id)
                .ifPresent(
                        row -> store.databases().find(id).ifPresent(database -> look(row, database, committed, lease)));
    }

    private void look(LogArchiveRow row, Database database, String committed, LogLease lease) {
        try (var context = platform.contexts().open(Progress.none(), closing, text -> text)) {
            var known = KnownDatabase.of(platform, database);
            if (row.generation() != database.generation()) {
                new ShipLog(platform, keys, known, context).attach(row, lease);
                askForBase(known);
            } else {
                var shipped = ship(row, known, context, committed, lease);
                looks.put(row.database(), new Look(platform.pacing().now(), database.generation(), shipped));
            }
            alarm.stored(database, row);
        } catch (DokployException e) {
            if (!closing.isCancelled()) {
                LOG.warn("The log of {} could not be stored, trying again: {}", database.name(), e.getMessage());
                alarm.failed(database, e.failure());
            }
        }
    }

    /** @return what was committed when it was stored */
    private String ship(LogArchiveRow row, KnownDatabase known, PluginContext context, String before, LogLease lease) {
        var shipping = new ShipLog(platform, keys, known, context);
        var plugin = (ArchivesLog) known.plugin();
        var server = known.server(known.placement(), context);
        var committed = server.ask(plugin.committed(known.login()));
        if (committed.equals(before)) {
            return before;
        }
        shipping.shipAll(row, lease);
        // Closing a segment is a transaction too.
        return server.ask(plugin.committed(known.login()));
    }

    private void askForBase(KnownDatabase known) {
        var database = known.database();
        queue.submit(new OperationRequest<>(
                PointInTimeHandlers.BASE,
                database.id().value(),
                known.subject(),
                Actor.system(),
                DatabaseHandlers.arguments(database)
                        .put(BackupHandlers.SCHEDULE, Backup.POINT_IN_TIME)
                        .build(),
                CataloguedBackup.class,
                Superseding.NONE,
                Optional.of("log-generation:" + database.generation()),
                BASE_DEADLINE,
                Optional.empty(),
                "the database was replaced, and its log begins anew"));
    }

    @Override
    public void close() {
        closing.fire(new ShutDownException("logs of databases", "the program ends", "Start it again.").failure());
        timer.shutdown();
        try {
            if (!timer.awaitTermination(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("A log of a database is still being stored; it is broken off");
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
