package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;

/** Proves a backup of the store: makes a store of it in a directory that is thrown away. */
final class StoreProof implements Proof {

    private final BackupJob job;

    StoreProof(BackupJob job) {
        this.job = job;
    }

    @Override
    public Result run(Backup backup, BackupTarget.Store place) throws IOException {
        var checks = new StoreFromBackup(place, job.keys(), job.context().cancelToken())
                .prove(backup, job.context().workspace().directory());
        return new Result("H2", checks);
    }
}
