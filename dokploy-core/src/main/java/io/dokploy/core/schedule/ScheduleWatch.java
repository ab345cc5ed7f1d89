package io.dokploy.core.schedule;

import io.dokploy.api.Actor;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.backup.Correlation;
import io.dokploy.core.backup.ScheduleBackups;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.ScheduleRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notices what no run tells: that none begins, that nothing is verified any more, that the clock was put back. */
final class ScheduleWatch {

    private final Platform platform;
    private final DueRuns runs;

    ScheduleWatch(Platform platform, DueRuns runs) {
        this.platform = platform;
        this.runs = runs;
    }

    /** Looks at a schedule; each thing is told once, whoever looks. */
    void look(ScheduleRow found) {
        platform.store()
                .useTransaction(() -> platform.store()
                        .schedules()
                        .lock(
                                found.project(),
                                found.environment(),
                                found.schedule().name())
                        .filter(row -> row.schedule().enabled())
                        .ifPresent(row -> {
                            var now = platform.pacing().now();
                            var seen = unverified(late(clockPutBack(row, now), now), now);
                            if (!seen.equals(row)) {
                                platform.store().schedules().save(seen);
                            }
                        }));
    }

    /** A time that was reached on a wrong clock leaves a next one that is too far away. */
    private ScheduleRow clockPutBack(ScheduleRow row, Instant now) {
        var fresh = runs.begin(row.schedule(), now);
        return fresh.due().isBefore(row.state().due()) && !row.state().lastDue().equals(Optional.of(fresh.due()))
                ? row.with(row.state().next(fresh.due(), fresh.starts()))
                : row;
    }

    private ScheduleRow late(ScheduleRow row, Instant now) {
        var running = runs.unfinished(row);
        if (running.isEmpty()) {
            return row;
        }
        return running.map(OperationRecord::state).equals(Optional.of(State.QUEUED))
                ? lateSince(row, running.get().requested(), row.state().lastDue(), now, "it waits for its turn")
                : lateSince(
                        row,
                        row.state().starts(),
                        Optional.of(row.state().due()),
                        now,
                        "the former run goes on: operation " + running.get().id());
    }

    private ScheduleRow lateSince(ScheduleRow row, Instant since, Optional<Instant> due, Instant now, String reason) {
        var late = Duration.between(since, now);
        if (due.isEmpty()
                || late.compareTo(row.schedule().alerts().lateAfter()) <= 0
                || row.state().lateTold().equals(due)) {
            return row;
        }
        runs.tellLate(row, due.get(), late, reason);
        return row.with(row.state().toldLate(due.get()));
    }

    private ScheduleRow unverified(ScheduleRow row, Instant now) {
        var limit = row.schedule().alerts().unverifiedFor();
        var since = new ScheduleBackups(platform, row)
                .newestProven()
                .map(newest -> newest.backup().began())
                .filter(began -> began.isAfter(row.state().created()))
                .orElse(row.state().created());
        boolean isTold = row.state()
                .unverifiedTold()
                .filter(told -> told.isAfter(since.plus(limit)) && now.isBefore(told.plus(limit)))
                .isPresent();
        if (isTold || !now.isAfter(since.plus(limit))) {
            return row;
        }
        platform.store()
                .events()
                .append(
                        EventType.BACKUP_UNVERIFIED,
                        Optional.empty(),
                        row.subject(),
                        Actor.system(),
                        Severity.ERROR,
                        Correlation.ofProofs(row.schedule().subject().kind(), row.subject()),
                        Tree.branch()
                                .put("schedule", row.mark())
                                .put("since", since.toString())
                                .put("days", Duration.between(since, now).toDays())
                                .build());
        return row.with(row.state().toldUnverified(now));
    }
}
