package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.ScheduleRow;

/** Tells of a backup that is much smaller than those of its schedule before it. */
final class SizeWatch {

    private static final int FORMER = 7;
    private static final int FEWEST = 3;

    private final Platform platform;

    SizeWatch(Platform platform) {
        this.platform = platform;
    }

    void look(OperationContext operation, ScheduleRow row, Backup backup) {
        var sizes = new ScheduleBackups(platform, row)
                .list().stream()
                        .filter(former -> former.backup().id().compareTo(backup.id()) < 0)
                        .limit(FORMER)
                        .mapToLong(former -> former.backup().size())
                        .sorted()
                        .toArray();
        double fraction = row.schedule().alerts().smallerThan();
        if (sizes.length < FEWEST || backup.size() >= median(sizes) * fraction) {
            return;
        }
        operation.emit(
                EventType.BACKUP_TOO_SMALL,
                Severity.WARNING,
                Correlation.ofRuns(row.schedule().subject().kind(), row.subject()),
                Tree.branch()
                        .put("schedule", row.mark())
                        .put("backup", backup.id().value())
                        .put("bytes", backup.size())
                        .put("median", median(sizes))
                        .put("fraction", new Tree.Decimal(fraction))
                        .build());
    }

    private static long median(long[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
