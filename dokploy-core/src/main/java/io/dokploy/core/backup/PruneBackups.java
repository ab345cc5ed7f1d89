package io.dokploy.core.backup;

import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.ScheduleRow;
import io.dokploy.spi.PluginContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes the backups of a schedule that its retention does not keep. One that cannot be removed does not hold up others. */
final class PruneBackups {

    private final Platform platform;

    PruneBackups(Platform platform) {
        this.platform = platform;
    }

    /** @return how many were removed */
    int run(OperationContext operation, ScheduleRow row, PluginContext context) {
        List<String> removed = new ArrayList<>();
        DokployException failure = null;
        for (CataloguedBackup backup : new ScheduleBackups(platform, row).plan().removed()) {
            operation.cancelToken().throwIfCancelled();
            try {
                if (remove(operation, backup, context)) {
                    removed.add(backup.backup().id().value());
                }
            } catch (DokployException e) {
                failure = first(failure, e);
            }
        }
        if (!removed.isEmpty()) {
            operation.progress().line("Retention removed " + String.join(", ", removed));
            operation.emit(
                    EventType.BACKUP_PRUNED,
                    Severity.INFO,
                    Tree.branch()
                            .put("schedule", row.mark())
                            .put("backups", removed)
                            .build());
        }
        if (failure != null) {
            throw failure;
        }
        return removed.size();
    }

    private static DokployException first(@Nullable DokployException former, DokployException e) {
        if (former == null) {
            return e;
        }
        former.addSuppressed(e);
        return former;
    }

    /** @return whether it is gone: one that its place has locked stays until a later run */
    private boolean remove(OperationContext operation, CataloguedBackup backup, PluginContext context) {
        try (var place = Place.open(platform, backup.target(), context)) {
            var locked = new RemoveBackup(platform).unlessLocked(backup, place);
            locked.ifPresent(until -> operation
                    .progress()
                    .line("Retention leaves " + backup.backup().id() + ", which its place has locked until " + until));
            return locked.isEmpty();
        } catch (IOException e) {
            throw Place.failed(backup.target(), "backup " + backup.backup().id(), e);
        }
    }
}
