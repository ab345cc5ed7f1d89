package io.dokploy.core.backup;

import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;

/** Unpacks a tar that somebody else has made of a volume, and requires that to be in the volume then. */
final class ImportedVolume {

    private final BackupJob job;
    private final String key;

    /** @param key of the tar in its place */
    ImportedVolume(BackupJob job, String key) {
        this.job = job;
        this.key = key;
    }

    /** Reads the tar twice. @param volume that is there and empty @return what was done, in a line */
    String unpack(BackupTarget.Store place, String volume) throws IOException {
        var suffix = BackupJob.suffix(job.operation().record().id().value());
        var given = contents(place);
        try (var dump = open(place);
                var reached = ReachedVolume.of(job, volume, suffix)) {
            reached.write(new TarInFolder(dump.content(), ReachedVolume.FOLDER + "/"));
            dump.requireEnd();
            try (var tar = reached.read()) {
                var found = TarContents.of(tar, ReachedVolume.FOLDER + "/");
                if (!found.equals(given)) {
                    throw new BackupNotVerifiedException(
                            "volume " + volume,
                            "the tar holds " + given + ", but the volume is another one after it was unpacked: "
                                    + found,
                            "Look whether the tar holds a file twice; if not, report it.");
                }
            }
        }
        return key + ": " + given;
    }

    private TarContents contents(BackupTarget.Store place) throws IOException {
        try (var dump = open(place)) {
            try {
                var contents = TarContents.of(dump.content(), TarInFolder.HERE);
                dump.requireEnd();
                return contents;
            } catch (Fetched.Broken e) {
                throw e;
            } catch (IOException e) {
                throw dump.damaged(e);
            }
        }
    }

    private DumpObject open(BackupTarget.Store place) throws IOException {
        return DumpObject.open(place, key, job.context().cancelToken());
    }
}
