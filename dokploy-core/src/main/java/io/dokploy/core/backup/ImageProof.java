package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Proves a backup of an image by its own hashes: it names itself and all of its layers by them. An engine that has the image
 * would load none of it, so none is asked.
 */
final class ImageProof implements Proof {

    private final BackupJob job;

    ImageProof(BackupJob job) {
        this.job = job;
    }

    @Override
    public Result run(Backup backup, BackupTarget.Store place) throws IOException {
        var part = backup.parts().get(0);
        var layers = new AtomicInteger();
        job.reader(backup, place).read(part, content -> layers.set(layers(backup, content)));
        return new Result(
                backup.engine(),
                List.of(
                        part.name() + ": " + part.stored() + " bytes with the SHA-256 " + part.sha256(),
                        backup.engineVersion() + ": config and " + layers + " layers with the SHA-256 that "
                                + backup.serverVersion() + " names"));
    }

    private static int layers(Backup backup, InputStream content) throws IOException {
        try {
            return SavedImage.layers(content, backup.serverVersion());
        } catch (IOException e) {
            throw new BackupNotVerifiedException(
                    "backup " + backup.id(),
                    "what was stored is not the image that it was: " + e.getMessage(),
                    "Take another backup; if that has the same fault, report it.");
        }
    }
}
