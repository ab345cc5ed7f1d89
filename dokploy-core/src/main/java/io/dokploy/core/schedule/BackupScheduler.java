package io.dokploy.core.schedule;

import io.dokploy.api.Actor;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.value.Tree;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.concurrent.DaemonTimer;
import io.dokploy.core.operation.OperationQueue;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.operation.Superseding;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.ScheduleRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second what is due, every minute what is wrong, and has each place swept once a day. Several programs on one
 * store may all look. One thread; {@link #close()} ends it.
 */
public final class BackupScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackupScheduler.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration WATCH = Duration.ofMinutes(1);
    private static final Duration SWEEP_DEADLINE = Duration.ofHours(24);

    private final Platform platform;
    private final OperationQueue queue;
    private final DueRuns runs;
    private final ScheduleWatch watch;
    private final Map<String, LocalDate> swept = new HashMap<>();
    private Instant watched = Instant.EPOCH;
    private final ScheduledExecutorService timer = DaemonTimer.of("dokploy-schedules", 1);

    /** A scheduler that asks that queue; it begins with {@link #start}. */
    public BackupScheduler(Platform platform, OperationQueue queue, DueRuns runs) {
        this.platform = platform;
        this.queue = queue;
        this.runs = runs;
        this.watch = new ScheduleWatch(platform, runs);
    }

    /** Begins to look; first at what was due while nobody did. */
    public void start() {
        timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One look. */
    void look() {
        try {
            each(platform.store().schedules().due(platform.pacing().now()), runs::look);
            var now = platform.pacing().now();
            if (watched.isAfter(now) || Duration.between(watched, now).compareTo(WATCH) >= 0) {
                watched = now;
                each(platform.store().schedules().all(), watch::look);
                sweepPlaces(LocalDate.ofInstant(now, ZoneOffset.UTC));
            }
        } catch (DokployException e) {
            LOG.warn("Schedules cannot be looked at now, trying again: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A look at the schedules failed, trying again", e);
        }
    }

    /** One that cannot be handled does not hold up the others. */
    private static void each(List<ScheduleRow> rows, Consumer<ScheduleRow> work) {
        for (ScheduleRow row : rows) {
            try {
                work.accept(row);
            } catch (RuntimeException e) {
                LOG.error(
                        "Backup schedule {} of {} failed, trying again",
                        row.schedule().name(),
                        row.subject(),
                        e);
            }
        }
    }

    /** The day is the idempotency key, so one of all programs does it. */
    private void sweepPlaces(LocalDate day) {
        for (String target : platform.store().backups().targets()) {
            if (!day.equals(swept.get(target))) {
                queue.submit(new OperationRequest<>(
                        BackupHandlers.SWEEP,
                        "backup-target:" + target,
                        "backup target " + target,
                        Actor.system(),
                        Tree.branch().put(BackupHandlers.TARGET, target).build(),
                        Integer.class,
                        Superseding.NONE,
                        Optional.of("day:" + day),
                        SWEEP_DEADLINE,
                        Optional.empty(),
                        "once a day"));
                swept.put(target, day);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("A look at the schedules still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
