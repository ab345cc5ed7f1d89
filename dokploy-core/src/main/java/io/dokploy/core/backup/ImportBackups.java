package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;

/** Adds to the catalogue the backups of a place that it does not know, by their manifests and proofs. */
final class ImportBackups {

    private final Platform platform;

    ImportBackups(Platform platform) {
        this.platform = platform;
    }

    /** @return how many were added */
    int run(OperationContext operation, String target, BackupTarget.Store place) throws IOException {
        var found = new Manifests(place, platform.store().json())
                .read((key, problem) -> operation
                        .progress()
                        .line(key + " is not a manifest that can be read: " + problem.getMessage()));
        int added = 0;
        for (Backup backup : found) {
            added += platform.store().backups().add(backup, target) ? 1 : 0;
            learnProof(backup, place);
        }
        return added;
    }

    /** What this store has found out itself counts more. */
    private void learnProof(Backup backup, BackupTarget.Store place) throws IOException {
        var backups = platform.store().backups();
        boolean nothingKnown = backups.find(backup.id())
                .filter(known -> !known.proven() && known.failure().isEmpty())
                .isPresent();
        if (nothingKnown) {
            new ProofMark(place, platform.store().json())
                    .read(backup)
                    .ifPresent(verification -> backups.setVerified(backup.id(), verification));
        }
    }
}
