package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import java.time.Duration;

/**
 * What somebody is to be told of a schedule, besides failed runs: see {@code backup.late}, {@code backup.missed}, {@code
 * backup.too-small} and {@code backup.unverified} in {@link io.dokploy.api.event.EventType}. Immutable.
 *
 * @param lateAfter     how long after its time a run may begin; what begins later is late, or missed with {@link
 *                      BackupSchedule.Misfire#SKIP}
 * @param smallerThan   a backup of less than this fraction of the median of the seven before it is told of; 0: never.
 *                      Needs three before it
 * @param unverifiedFor how old the newest verified backup may get
 */
@Experimental
public record BackupAlerts(Duration lateAfter, double smallerThan, Duration unverifiedFor) {
    public BackupAlerts {
        Problems.of("backup alerts")
                .require(lateAfter.compareTo(Duration.ofMinutes(1)) >= 0, "lateAfter", "must be at least a minute")
                .require(smallerThan >= 0 && smallerThan < 1, "smallerThan", "must be from 0 to less than 1")
                .require(unverifiedFor.compareTo(Duration.ofHours(1)) >= 0, "unverifiedFor", "must be at least an hour")
                .throwIfAny();
    }

    /** Late after an hour, too small below half, unverified after 8 days. */
    public static BackupAlerts defaults() {
        return new BackupAlerts(Duration.ofHours(1), 0.5, Duration.ofDays(8));
    }

    /** The same, with another limit for a late begin. */
    public BackupAlerts lateAfter(Duration limit) {
        return new BackupAlerts(limit, smallerThan, unverifiedFor);
    }

    /** The same, with another fraction. */
    public BackupAlerts smallerThan(double fraction) {
        return new BackupAlerts(lateAfter, fraction, unverifiedFor);
    }

    /** The same, with another age of the newest verified backup. */
    public BackupAlerts unverifiedFor(Duration limit) {
        return new BackupAlerts(lateAfter, smallerThan, limit);
    }
}
