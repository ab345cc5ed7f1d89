package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.OperationRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * A schedule and how it goes.
 *
 * @param schedule   as it was put
 * @param nextRun    when it runs next, jitter included; empty while it is paused
 * @param nextVerify when the newest backup is proven next, if that has times of its own
 * @param lastDue    the last time of the expression that a run was begun for
 * @param lastRun    the last run, also one that was asked for with {@code runNow}
 */
@Experimental
public record ScheduleStatus(
        BackupSchedule schedule,
        Optional<Instant> nextRun,
        Optional<Instant> nextVerify,
        Optional<Instant> lastDue,
        Optional<OperationRecord> lastRun) {}
