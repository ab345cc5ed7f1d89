package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.io.OutputStream;

/** Unpacks what a backup has of a volume, packs it again, and requires that to be the same. */
final class UnpackedVolume {

    private final BackupJob job;
    private final Backup backup;
    private final BackupTarget.Store place;

    UnpackedVolume(BackupJob job, Backup backup, BackupTarget.Store place) {
        this.job = job;
        this.backup = backup;
        this.place = place;
    }

    /** @param volume that is there and empty @return what was compared, in a line */
    String unpack(Part part, String volume) throws IOException {
        try (var reached =
                ReachedVolume.of(job, volume, BackupJob.suffix(backup.id().value()))) {
            var stored = Counted.hashed();
            job.reader(backup, place).read(part, content -> {
                var counted = stored.of(content);
                reached.write(counted);
                counted.transferTo(OutputStream.nullOutputStream());
            });
            var found = Counted.hashed();
            long entries;
            try (var tar = found.of(reached.read())) {
                entries = TarCheck.entries(tar);
                tar.transferTo(OutputStream.nullOutputStream());
            }
            var before = stored.sha256();
            if (!before.equals(found.sha256()) || entries != backup.counts().getOrDefault(part.name(), -1L)) {
                throw new BackupNotVerifiedException(
                        "backup " + backup.id(),
                        "the volume " + part.name() + " is another one after it was unpacked",
                        "Take another backup with the application stopped; if that has the same fault, report it.");
            }
            return part.name() + ": " + entries + " entries, " + part.dumped() + " bytes of tar with the SHA-256 "
                    + before + ", the same after they were unpacked";
        }
    }

    /** The part of a backup that is the volume of that name. */
    static Part part(Backup backup, String volume) {
        return backup.parts().stream()
                .filter(candidate ->
                        backup.kind() == Kind.VOLUMES && candidate.name().equals(volume))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "volume " + volume,
                        "backup " + backup.id() + " holds none of that name",
                        "Choose one of " + backup.counts().keySet() + "."));
    }
}
