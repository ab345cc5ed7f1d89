package io.dokploy.core.schedule;

import io.dokploy.api.Actor;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.BackupSchedule.Misfire;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.backup.BackupSource;
import io.dokploy.core.backup.Correlation;
import io.dokploy.core.backup.ScheduleBackups;
import io.dokploy.core.backup.VolumeHandlers;
import io.dokploy.core.operation.OperationQueue;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.operation.Superseding;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.ScheduleRow;
import io.dokploy.core.store.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Asks the queue for the runs of a schedule. What was due, what is due next and the request itself are one transaction
 * that locks the schedule, and the time is the request's idempotency key: so a time runs once, whoever looks.
 */
public final class DueRuns {

    private static final Duration DEADLINE = Duration.ofHours(24);
    private static final int MOST = 10_000;

    private final Platform platform;
    private final OperationQueue queue;
    private final RandomGenerator random;

    /** Runs that the queue does. */
    public DueRuns(Platform platform, OperationQueue queue, RandomGenerator random) {
        this.platform = platform;
        this.queue = queue;
        this.random = random;
    }

    /** How a schedule begins that is put, resumed or has other times: with its next time. */
    public ScheduleState begin(BackupSchedule schedule, Instant now) {
        var due = next(CronTimes.of(schedule.cron(), schedule.zone()), now);
        return ScheduleState.first(now, due, starts(schedule, due), nextVerify(schedule, now));
    }

    /** The next times, without jitter. */
    public static List<Instant> times(BackupSchedule schedule, Instant now, int count) {
        return CronTimes.of(schedule.cron(), schedule.zone()).next(now, count);
    }

    /** Runs a schedule besides its times; the run that goes on, if there is one. */
    public Operation<CataloguedBackup> now(ScheduleRow found, Actor actor) {
        return platform.store().inTransaction(() -> {
            var row = lock(found).orElse(found);
            var running = unfinished(row);
            if (running.isPresent()) {
                return queue.get(running.get().id(), CataloguedBackup.class);
            }
            var operation = queue.submit(backUp(row, actor, Optional.empty()));
            platform.store().schedules().save(row.with(row.state().ranByHand(operation.id())));
            return operation;
        });
    }

    /** Does what is due of a schedule. */
    void look(ScheduleRow found) {
        platform.store()
                .useTransaction(() -> lock(found)
                        .filter(row -> row.schedule().enabled())
                        .ifPresent(row -> {
                            var now = platform.pacing().now();
                            var verified = row.state()
                                            .verifyDue()
                                            .filter(due -> !due.isAfter(now))
                                            .isPresent()
                                    ? verifyNewest(row, now)
                                    : row;
                            if (!verified.state().starts().isAfter(now)
                                    && unfinished(verified).isEmpty()) {
                                run(verified, now);
                            } else if (verified != row) {
                                platform.store().schedules().save(verified);
                            }
                        }));
    }

    private Optional<ScheduleRow> lock(ScheduleRow row) {
        return platform.store()
                .schedules()
                .lock(row.project(), row.environment(), row.schedule().name());
    }

    /** The last run, while it waits or runs. */
    Optional<OperationRecord> unfinished(ScheduleRow row) {
        return row.state()
                .lastRun()
                .flatMap(platform.store().operations()::find)
                .filter(record -> !record.state().isFinal());
    }

    private void run(ScheduleRow row, Instant now) {
        var schedule = row.schedule();
        var state = row.state();
        var times = CronTimes.of(schedule.cron(), schedule.zone());
        var dues = times.between(state.due(), now, MOST);
        var due = dues.get(dues.size() - 1);
        var late = Duration.between(dues.size() == 1 ? state.starts() : due, now);
        boolean isLate = late.compareTo(schedule.alerts().lateAfter()) > 0;
        boolean runs = !isLate || schedule.misfire() == Misfire.RUN_ONCE;
        var next = next(times, due);
        var after = state.next(next, starts(schedule, next));
        if (runs) {
            var operation = queue.submit(backUp(row, Actor.system(), Optional.of(due)));
            after = after.began(due, operation.id());
        }
        platform.store().schedules().save(row.with(after));
        tellMissed(row, runs ? dues.subList(0, dues.size() - 1) : dues);
        if (runs && isLate && !state.lateTold().equals(Optional.of(due))) {
            tellLate(row, due, late, "nothing ran it in time");
        }
    }

    private OperationRequest<CataloguedBackup> backUp(ScheduleRow row, Actor actor, Optional<Instant> due) {
        var source = BackupSource.of(row);
        var during = row.schedule().subject().during();
        return new OperationRequest<>(
                source.operation(),
                source.lane(during),
                row.subject(),
                actor,
                source.arguments()
                        .put(BackupHandlers.TARGET, row.schedule().target())
                        .put(BackupHandlers.SCHEDULE, row.mark())
                        .put(VolumeHandlers.DURING, during.name())
                        .put("due", due.map(Instant::toString).orElse(null))
                        .build(),
                CataloguedBackup.class,
                Superseding.NONE,
                due.map(time -> "schedule:" + row.mark() + ":" + time),
                DEADLINE,
                Optional.empty(),
                "schedule " + row.mark());
    }

    /** However late: there is nothing to be gained by waiting for the next time. */
    private ScheduleRow verifyNewest(ScheduleRow row, Instant now) {
        var due = row.state().verifyDue().orElse(now);
        new ScheduleBackups(platform, row)
                .list().stream()
                        .findFirst()
                        .map(newest -> newest.backup().id().value())
                        .ifPresent(newest -> queue.submit(new OperationRequest<>(
                                BackupHandlers.VERIFY,
                                newest,
                                row.subject(),
                                Actor.system(),
                                Tree.branch()
                                        .put(BackupHandlers.BACKUP, newest)
                                        .put(BackupHandlers.SCHEDULE, row.mark())
                                        .build(),
                                CataloguedBackup.class,
                                Superseding.NONE,
                                Optional.of("schedule:" + row.mark() + ":verify:" + due),
                                DEADLINE,
                                Optional.empty(),
                                "schedule " + row.mark())));
        return row.with(row.state().nextVerify(nextVerify(row.schedule(), now)));
    }

    private static Optional<Instant> nextVerify(BackupSchedule schedule, Instant now) {
        return schedule.verify()
                .cron()
                .flatMap(cron -> CronTimes.of(cron, schedule.zone()).next(now));
    }

    private Instant starts(BackupSchedule schedule, Instant due) {
        long most = schedule.jitter().toMillis();
        return most == 0 ? due : due.plusMillis(random.nextLong(most + 1));
    }

    /** Only an expression that has times for ever is put. */
    private static Instant next(CronTimes times, Instant after) {
        return times.next(after).orElseThrow(() -> new IllegalStateException("A cron expression without a next time"));
    }

    private void tellMissed(ScheduleRow row, List<Instant> missed) {
        if (!missed.isEmpty()) {
            tell(
                    row,
                    EventType.BACKUP_MISSED,
                    Severity.ERROR,
                    Tree.branch()
                            .put("first", missed.get(0).toString())
                            .put("last", missed.get(missed.size() - 1).toString())
                            .put("count", missed.size())
                            .put("reason", "nothing ran at these times, or the former run went on"));
        }
    }

    void tellLate(ScheduleRow row, Instant due, Duration late, String reason) {
        tell(
                row,
                EventType.BACKUP_LATE,
                Severity.WARNING,
                Tree.branch()
                        .put("due", due.toString())
                        .put("seconds", late.toSeconds())
                        .put("reason", reason));
    }

    private void tell(ScheduleRow row, String type, Severity severity, Tree.BranchBuilder data) {
        platform.store()
                .events()
                .append(
                        type,
                        Optional.empty(),
                        row.subject(),
                        Actor.system(),
                        severity,
                        Correlation.ofRuns(row.schedule().subject().kind(), row.subject()),
                        data.put("schedule", row.mark()).build());
    }
}
