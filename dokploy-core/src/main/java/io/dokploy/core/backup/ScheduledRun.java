package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.ScheduleRow;
import java.util.Optional;

/** What a schedule wants of a run besides the backup itself. */
final class ScheduledRun {

    private final Platform platform;
    private final OperationContext operation;
    private final ScheduleRow row;

    private ScheduledRun(Platform platform, OperationContext operation, ScheduleRow row) {
        this.platform = platform;
        this.operation = operation;
        this.row = row;
    }

    /** Of the schedule that the operation runs for, if it does for one that is still there. */
    static Optional<ScheduledRun> of(Platform platform, OperationContext operation, BackupSource source) {
        return operation
                .arguments()
                .text(BackupHandlers.SCHEDULE)
                .flatMap(mark -> platform.store().schedules().marked(source.kind(), source.id(), mark))
                .map(row -> new ScheduledRun(platform, operation, row));
    }

    /** Tells if it is much smaller than those before. */
    void compareSize(Backup backup) {
        new SizeWatch(platform).look(operation, row, backup);
    }

    /** Whether the policy wants this one to be proven: so many were made since the last proven one, or none is. */
    boolean wantsProof(Backup backup) {
        int every = row.schedule().verify().every();
        if (every <= 1) {
            return every == 1;
        }
        var former = new ScheduleBackups(platform, row)
                .list().stream()
                        .filter(other -> isBefore(other.backup().id(), backup.id()))
                        .toList();
        var since = former.stream().takeWhile(other -> !other.proven()).count();
        return since == former.size() || since + 1 >= every;
    }

    private static boolean isBefore(BackupId one, BackupId other) {
        return one.compareTo(other) < 0;
    }

    /** Applies the retention. A place that fails then has not made the backup bad: it is told and tried again next time. */
    void prune() {
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            new PruneBackups(platform).run(operation, row, context);
        } catch (FencedException | ShutDownException | CancelledException e) {
            throw e;
        } catch (DokployException e) {
            operation.cancelToken().throwIfCancelled();
            operation.emit(
                    EventType.BACKUP_FAILED,
                    Severity.WARNING,
                    Correlation.ofRuns(row.schedule().subject().kind(), row.subject()),
                    Tree.branch()
                            .put("kind", BackupHandlers.PRUNE)
                            .put("schedule", row.mark())
                            .put("code", e.code())
                            .put("reason", e.failure().reason())
                            .put("remedy", e.failure().remedy())
                            .build());
        }
    }
}
