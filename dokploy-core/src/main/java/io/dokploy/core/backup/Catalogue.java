package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Verification;
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
                Correlation.ofProofs(operation.record().subject()),
                Tree.branch()
                        .put("backup", backup.id().value())
                        .put("seconds", new Tree.Decimal(verification.took().toMillis() / 1000.0))
                        .build());
        verification.checks().forEach(operation.progress()::line);
    }
}
