package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.Verification;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;

/**
 * Keeps what was stored and what was proven, and tells of it.
 *
 * @param platform  with the store
 * @param operation that did it
 */
record Catalogue(Platform platform, OperationContext operation) {

    /** @throws NotFoundException if it does not know it */
    CataloguedBackup known(BackupId id) {
        return platform.store().backups().find(id).orElseThrow(() -> unknown(id));
    }

    static NotFoundException unknown(BackupId id) {
        return new NotFoundException(
                "backup " + id, "the catalogue does not know it", "Import the place where it lies.");
    }

    /** The backup that an operation was asked with. */
    CataloguedBackup asked() {
        return known(new BackupId(operation.arguments().text(BackupHandlers.BACKUP, "")));
    }

    void stored(Backup backup, String target) {
        platform.store().backups().add(backup, target);
        operation.emit(
                EventType.BACKUP_STORED,
                Severity.INFO,
                Tree.branch()
                        .put("backup", backup.id().value())
                        .put("target", target)
                        .put("bytes", backup.size())
                        .build());
        operation
                .progress()
                .line("Stored " + backup.id() + " in " + target + ": " + backup.size() + " bytes"
                        + (backup.keyFingerprint().isPresent() ? "" : ", not encrypted since no backup key is given"));
    }

    void verified(Backup backup, Verification verification) {
        platform.store().backups().setVerified(backup.id(), verification);
        operation.emit(
                EventType.BACKUP_VERIFIED,
                Severity.INFO,
                Correlation.ofProofs(backup.kind(), operation.record().subject()),
                Tree.branch()
                        .put("backup", backup.id().value())
                        .put("seconds", new Tree.Decimal(verification.took().toMillis() / 1000.0))
                        .build());
        verification.checks().forEach(operation.progress()::line);
    }

    /** All that was asked for is done. @return what is known of it now */
    CataloguedBackup succeeded(Backup backup, String target) {
        var catalogued = known(backup.id());
        operation.emit(
                EventType.BACKUP_SUCCEEDED,
                Severity.INFO,
                Correlation.ofRuns(backup.kind(), operation.record().subject()),
                Tree.branch()
                        .put("backup", backup.id().value())
                        .put("target", target)
                        .put("schedule", backup.schedule().orElse(null))
                        .put("verified", catalogued.proven())
                        .build());
        return catalogued;
    }
}
