package io.dokploy.core.backup;

import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.value.Tree;
import io.dokploy.core.deploy.EnvironmentVolumes;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;

/** Makes a volume that an environment has not had; if it cannot be filled there is none. */
final class NewVolume {

    private final BackupJob job;
    private final ApplicationRef into;
    private final String name;

    /** @param into the environment that it is for */
    NewVolume(BackupJob job, ApplicationRef into, String name) {
        this.job = job;
        this.into = into;
        this.name = name;
    }

    /** Puts something from a place into a volume that is there and empty. @return what was done, in a line */
    interface Filling {
        String fill(BackupJob job, BackupTarget.Store place, String volume) throws IOException;
    }

    /** @param target the place from which it is filled */
    void make(String target, Filling filling) {
        var source = EnvironmentVolumes.name(into, name);
        var engine = job.platform().engine();
        // What an attempt left that died is its own; anything else is somebody's data.
        boolean ours = job.operation().checkpoint().isPresent();
        if (ReachedVolume.exists(job, source) && !ours) {
            throw new AlreadyExistsException(
                    "volume " + name,
                    "the environment has one of that name, and it is never written over",
                    "Choose a new name, and let the application mount that.");
        }
        job.operation().saveCheckpoint(Tree.branch().put("volume", source).build());
        engine.removeVolume(source);
        try (var place = Place.open(job.platform(), target, job.context())) {
            engine.ensureVolume(source, EnvironmentVolumes.labels(into));
            job.operation().progress().line(filling.fill(job, place, source));
        } catch (IOException e) {
            engine.removeVolume(source);
            throw Place.failed(target, "volume " + name, e);
        } catch (RuntimeException e) {
            engine.removeVolume(source);
            throw e;
        }
    }
}
