package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;

/** One backup, from its dump to its end: stored, proven if that is wanted, told; and what its schedule wants besides. */
final class BackupRun {

    private final Platform platform;
    private final OperationContext operation;
    private final BackupSource source;
    private final String target;

    /** @param target the place that it goes to */
    BackupRun(Platform platform, OperationContext operation, BackupSource source, String target) {
        this.platform = platform;
        this.operation = operation;
        this.source = source;
        this.target = target;
    }

    /** Into the place that the operation was asked with. */
    static BackupRun asked(Platform platform, OperationContext operation, BackupSource source) {
        return new BackupRun(platform, operation, source, operation.arguments().text(BackupHandlers.TARGET, ""));
    }

    String target() {
        return target;
    }

    /** Stores it. */
    Backup store(BackupJob job, Dump dump) {
        return new TakeBackup(job).run(dump, target, operation.arguments().text(BackupHandlers.SCHEDULE));
    }

    /** All that follows. @param proof proves it */
    CataloguedBackup finish(Backup backup, Runnable proof) {
        var schedule = ScheduledRun.of(platform, operation, source);
        schedule.ifPresent(run -> run.compareSize(backup));
        boolean isWanted = schedule.map(run -> run.wantsProof(backup)).orElse(true);
        var catalogue = new Catalogue(platform, operation);
        if (isWanted && !catalogue.known(backup.id()).proven()) {
            proof.run();
        }
        var catalogued = catalogue.succeeded(backup, target);
        schedule.ifPresent(ScheduledRun::prune);
        return catalogued;
    }
}
