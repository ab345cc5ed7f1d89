package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.core.deploy.Labels;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;

/** Proves a backup of volumes: unpacks each into a scratch volume, whose tar must be the same byte for byte. */
final class VolumesProof implements Proof {

    private final BackupJob job;

    VolumesProof(BackupJob job) {
        this.job = job;
    }

    @Override
    public Result run(Backup backup, BackupTarget.Store place) throws IOException {
        var engine = job.platform().engine();
        var checks = new ArrayList<String>();
        job.reader(backup, place).requireAll();
        for (Part part : backup.parts()) {
            var scratch = "dokploy-" + backup.instance() + "-verify-"
                    + BackupJob.suffix(backup.id().value());
            engine.removeVolume(scratch);
            try {
                engine.ensureVolume(scratch, Map.of(Labels.INSTANCE, job.instance(), Labels.ROLE, "scratch"));
                checks.add(new UnpackedVolume(job, backup, place).unpack(part, scratch));
            } finally {
                engine.removeVolume(scratch);
            }
        }
        return new Result("tar", checks);
    }
}
