package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.util.Comparator;

/**
 * Removes the log from before the oldest base of its history: nothing can be recovered with it. Without any base all of it goes,
 * unless it is still being stored: then a base may be on its way that needs it.
 */
final class PruneLog {

    private final Platform platform;

    PruneLog(Platform platform) {
        this.platform = platform;
    }

    /**
     * Does it where a base was removed.
     *
     * @param place where it was, by the name {@code target}
     */
    void without(Backup base, String target, BackupTarget.Store place) throws IOException {
        var backups = platform.store().backups();
        var history = base.log().map(LogSpan::history).orElse("");
        var oldest = backups.list(Kind.BASE, base.project(), base.environment(), base.name()).stream()
                .filter(other -> other.target().equals(target))
                .flatMap(other -> other.backup().log().stream())
                .filter(span -> span.history().equals(history))
                .map(LogSpan::first)
                .min(Comparator.naturalOrder());
        if (oldest.isEmpty() && isGoingOn(history, target)) {
            return;
        }
        for (CataloguedBackup log : backups.log(history)) {
            var last = log.backup().log().orElseThrow().last();
            boolean isUseless = oldest.isEmpty() || last.compareTo(oldest.get()) < 0;
            if (isUseless && log.target().equals(target)) {
                // What is locked goes with a later base.
                new RemoveBackup(platform).unlessLocked(log, place);
            }
        }
    }

    private boolean isGoingOn(String history, String target) {
        return platform.store().logArchives().all().stream()
                .anyMatch(row -> row.history().equals(history) && row.target().equals(target));
    }
}
