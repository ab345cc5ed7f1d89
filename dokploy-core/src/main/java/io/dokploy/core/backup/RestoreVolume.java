package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.value.Tree;
import io.dokploy.core.deploy.EnvironmentVolumes;
import io.dokploy.spi.ApplicationRef;
import java.io.IOException;

/** Makes a volume of one in a backup; if it fails there is none. */
final class RestoreVolume {

    private final BackupJob job;

    RestoreVolume(BackupJob job) {
        this.job = job;
    }

    /**
     * Does it.
     *
     * @param volume  its name in the backup
     * @param into    the environment that it is for
     * @param newName its name there
     */
    void run(CataloguedBackup catalogued, String volume, ApplicationRef into, String newName) {
        job.operation().step("restore");
        var backup = catalogued.backup();
        var part = part(backup, volume);
        var source = EnvironmentVolumes.name(into, newName);
        var engine = job.platform().engine();
        // What an attempt left that died is its own; anything else is somebody's data.
        boolean ours = job.operation().checkpoint().isPresent();
        if (ReachedVolume.exists(job, source) && !ours) {
            throw new AlreadyExistsException(
                    "volume " + newName,
                    "the environment has one of that name, and it is never written over",
                    "Choose a new name, and let the application mount that.");
        }
        job.operation().saveCheckpoint(Tree.branch().put("volume", source).build());
        engine.removeVolume(source);
        try (var place = Place.open(job.platform(), catalogued.target(), job.context())) {
            engine.ensureVolume(source, EnvironmentVolumes.labels(into));
            job.operation().progress().line(new UnpackedVolume(job, backup, place).unpack(part, source));
        } catch (IOException e) {
            engine.removeVolume(source);
            throw Place.failed(catalogued.target(), "backup " + backup.id(), e);
        } catch (RuntimeException e) {
            engine.removeVolume(source);
            throw e;
        }
    }

    private static Part part(Backup backup, String volume) {
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
