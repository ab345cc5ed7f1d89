package io.dokploy.core.backup;

import io.dokploy.api.backup.LogSpan;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.database.LogReceiver;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.LogArchiveRow;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.ArchivesLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores the closed segments of a database's log, in order; only what is stored and catalogued is removed from the
 * receiver. Whoever does it dies at any point: the next one goes on, at worst storing a segment twice.
 */
final class ShipLog {

    /** Of 16 MiB each. */
    private static final int MOST_AT_ONCE = 64;

    private static final Duration RECEIVED_WITHIN = Duration.ofMinutes(2);

    private final Platform platform;
    private final BackupKeys keys;
    private final KnownDatabase known;
    private final PluginContext context;
    private final ArchivesLog plugin;
    private final LogReceiver receiver;

    ShipLog(Platform platform, BackupKeys keys, KnownDatabase known, PluginContext context) {
        this.platform = platform;
        this.keys = keys;
        this.known = known;
        this.context = context;
        this.plugin = (ArchivesLog) known.plugin();
        this.receiver = new LogReceiver(known, context);
    }

    /** Makes the server keep its log, and a container receive it; what former generations have left is stored. */
    void attach(LogArchiveRow row) {
        try (var lease = LogLease.take(platform, row.database(), context.cancelToken())) {
            attach(row, lease);
        }
    }

    /** The same for one who has the right already. */
    void attach(LogArchiveRow row, LogLease lease) {
        int generation = known.database().generation();
        if (row.generation() != generation && row.generation() > 0) {
            new ShipLog(platform, keys, known.ofGeneration(row.generation()), context).shipRest(row, lease);
        }
        var server = known.server(known.placement(), context);
        plugin.keepLog(known.login()).forEach(server::ask);
        receiver.ensure();
        receiver.removeFormer();
        platform.store().logArchives().begin(row.database(), generation);
    }

    /** The end of a log that nobody writes to any more: as far as it was received, and as far as it was closed. */
    private void shipRest(LogArchiveRow row, LogLease lease) {
        var received = receiver.segmentsIfRunning();
        if (!received.isEmpty()) {
            ship(row, new LogPosition(received.get(received.size() - 1), newestStored(row)), lease);
        }
    }

    /** Stores all that was committed until now. @return where the log is then */
    LogPosition shipAll(LogArchiveRow row) {
        try (var lease = LogLease.take(platform, row.database(), context.cancelToken())) {
            return shipAll(row, lease);
        }
    }

    /** The same for one who has the right already. */
    LogPosition shipAll(LogArchiveRow row, LogLease lease) {
        receiver.ensure();
        var closed = close();
        ship(row, closed, lease);
        return closed;
    }

    /** Closes the segment that is written now, and waits until it is received. */
    private LogPosition close() {
        var closed =
                LogPosition.parse(known.server(known.placement(), context).ask(plugin.closeSegment(known.login())));
        boolean received = platform.pacing()
                .await(
                        RECEIVED_WITHIN,
                        context.cancelToken(),
                        () -> receiver.segments().stream()
                                .anyMatch(segment -> segment.compareTo(closed.segment()) >= 0));
        if (!received) {
            throw new TemporaryException(
                    Failure.temporary(
                            "log-not-received",
                            known.subject(),
                            "the segment " + closed.segment() + " of its log was closed, and not received within "
                                    + RECEIVED_WITHIN.toSeconds() + " s",
                            "Look at the output of the container that receives it, which has the database's name with"
                                    + " -log at its end."),
                    null);
        }
        return closed;
    }

    /** Stores all up to a closed segment. */
    private void ship(LogArchiveRow found, LogPosition closed, LogLease lease) {
        // As it is now that nobody else stores anything.
        var row = platform.store()
                .logArchives()
                .find(found.database())
                .filter(now -> now.generation() == found.generation())
                .orElse(found);
        var received = receiver.segments();
        var pending = received.stream()
                .filter(segment -> segment.compareTo(row.shipped()) > 0)
                .filter(segment -> segment.compareTo(closed.segment()) <= 0)
                .toList();
        try (var place = Place.open(platform, row.target(), context)) {
            var from = newestStored(row);
            for (int at = 0; at < pending.size(); at += MOST_AT_ONCE) {
                var some = pending.subList(at, Math.min(at + MOST_AT_ONCE, pending.size()));
                var last = some.get(some.size() - 1);
                // Of the moment is known only what the segment that was closed for it reaches.
                var until = last.equals(closed.segment()) ? closed.time() : from;
                store(row, place, some, until, lease);
                platform.store().logArchives().setShipped(row.database(), row.generation(), last);
            }
        } catch (IOException e) {
            throw Place.failed(row.target(), known.subject(), e);
        }
        receiver.drop(received.stream()
                .filter(segment -> segment.compareTo(closed.segment()) < 0)
                .toList());
    }

    private Instant newestStored(LogArchiveRow row) {
        return platform.store()
                .backups()
                .newestOfLog(row.history())
                .flatMap(newest -> newest.backup().log())
                .map(LogSpan::until)
                .orElse(Instant.EPOCH);
    }

    private void store(
            LogArchiveRow row, BackupTarget.Store place, List<String> segments, Instant until, LogLease lease)
            throws IOException {
        var span = new LogSpan(row.history(), segments.get(0), segments.get(segments.size() - 1), until);
        var dump = new LogDump(known.database(), receiver, segments, span, lease);
        var id = platform.store().ids().newBackupId();
        var backup = new WriteBackup(platform, keys, context, Ownership.sole()).run(dump, id, place, Optional.empty());
        platform.store().backups().add(backup, row.target());
    }
}
