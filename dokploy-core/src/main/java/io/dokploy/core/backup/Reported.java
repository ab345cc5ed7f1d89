package io.dokploy.core.backup;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.operation.PostponedException;
import org.jspecify.annotations.Nullable;

/** Work with backups whose failure is told. */
final class Reported<T> implements OperationHandler<T> {

    private final OperationHandler<T> work;

    Reported(OperationHandler<T> work) {
        this.work = work;
    }

    @Override
    public @Nullable T handle(OperationContext operation) throws Exception {
        try {
            return work.handle(operation);
        } catch (RuntimeException e) {
            report(operation, e);
            throw e;
        }
    }

    /** What ends because somebody wanted it, or goes on elsewhere, has not failed. */
    private static void report(OperationContext operation, RuntimeException error) {
        RuntimeException cause = error;
        try {
            operation.cancelToken().throwIfCancelled();
        } catch (DokployException stopped) {
            cause = stopped;
        }
        if (cause instanceof FencedException
                || cause instanceof ShutDownException
                || cause instanceof CancelledException
                || cause instanceof PostponedException) {
            return;
        }
        var known = cause instanceof DokployException e ? e.failure() : null;
        operation.emit(
                EventType.BACKUP_FAILED,
                Severity.ERROR,
                Correlation.ofRuns(
                        BackupSource.of(operation.arguments()).kind(),
                        operation.record().subject()),
                Tree.branch()
                        .put("kind", operation.record().kind())
                        .put(
                                "schedule",
                                operation
                                        .arguments()
                                        .text(BackupHandlers.SCHEDULE)
                                        .orElse(null))
                        .put("code", known == null ? "defect" : known.code())
                        .put("reason", known == null ? "unexpected " + cause : known.reason())
                        .put("remedy", known == null ? null : known.remedy())
                        .build());
    }
}
