package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;

/**
 * Removes a backup in an order that never leaves something that looks like one: it is marked in the catalogue, its manifest
 * goes, then its objects, with a base the log that no other one needs; then the catalogue forgets it. Can be repeated at any
 * point.
 */
final class RemoveBackup {

    private final Platform platform;

    RemoveBackup(Platform platform) {
        this.platform = platform;
    }

    void run(CataloguedBackup catalogued, BackupTarget.Store place) throws IOException {
        var backup = catalogued.backup();
        platform.store().backups().setRemoving(backup.id());
        if (!backup.parts().isEmpty()) {
            place.delete(BackupDraft.beside(backup, BackupDraft.MANIFEST));
            new ProofMark(place, platform.store().json()).remove(backup);
        }
        for (var part : backup.parts()) {
            place.delete(part.key());
        }
        if (backup.kind() == Kind.BASE) {
            new PruneLog(platform).without(backup, catalogued.target(), place);
        }
        platform.store().backups().delete(backup.id());
    }
}
