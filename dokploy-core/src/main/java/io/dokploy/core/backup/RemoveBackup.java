package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.backup.BackupTarget.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

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

    /** @throws UserErrorException if its place keeps it for longer; then nothing has changed */
    void run(CataloguedBackup catalogued, BackupTarget.Store place) throws IOException {
        var locked = unlessLocked(catalogued, place);
        if (locked.isPresent()) {
            throw new UserErrorException(Failure.user(
                    "backup-locked",
                    "backup " + catalogued.backup().id(),
                    "its place \"" + catalogued.target() + "\" has locked it until " + locked.get(),
                    "Remove it after that; a schedule's retention does so by itself."));
        }
    }

    /** The same, but what its place keeps for longer just stays. @return until when; empty: it is gone */
    Optional<Instant> unlessLocked(CataloguedBackup catalogued, BackupTarget.Store place) throws IOException {
        var locked = lockedUntil(catalogued.backup(), place);
        if (locked.isEmpty()) {
            remove(catalogued, place);
        }
        return locked;
    }

    /** Its manifest was written last. */
    private Optional<Instant> lockedUntil(Backup backup, BackupTarget.Store place) throws IOException {
        if (backup.parts().isEmpty()) {
            return Optional.empty();
        }
        return place.find(BackupDraft.beside(backup, BackupDraft.MANIFEST))
                .flatMap(StoredObject::lockedUntil)
                .filter(platform.pacing().now()::isBefore);
    }

    private void remove(CataloguedBackup catalogued, BackupTarget.Store place) throws IOException {
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
