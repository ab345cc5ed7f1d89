package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.IOException;

/** Gives the engine an image of a backup, so that the release that it is of needs no build. */
final class RestoreImage {

    private final BackupJob job;
    private final ContainerEngine engine;

    RestoreImage(BackupJob job) {
        this.job = job;
        this.engine = job.platform().engine();
    }

    void run(Backup backup, String target) {
        requireImage(backup);
        if (engine.inspectImage(backup.serverVersion()).isPresent()) {
            job.operation().progress().line("The engine has " + backup.engineVersion() + " already");
            name(backup);
            return;
        }
        try {
            load(backup, target);
            name(backup);
        } catch (FencedException | ShutDownException e) {
            throw e;
        } catch (RuntimeException e) {
            remove(backup, e);
            throw e;
        }
    }

    /** A name that means another image by now is somebody's, of a registry for example; a digest is given by a registry alone. */
    private void name(Backup backup) {
        var name = backup.engineVersion();
        if (!name.contains("@") && engine.inspectImage(name).isEmpty()) {
            engine.tag(backup.serverVersion(), name);
        }
    }

    private void remove(Backup backup, RuntimeException failure) {
        try {
            engine.removeImage(backup.serverVersion());
        } catch (DokployException removal) {
            failure.addSuppressed(removal);
            job.operation().progress().line("What was loaded could not be removed: " + removal.getMessage());
        }
    }

    private static void requireImage(Backup backup) {
        if (backup.kind() != Kind.IMAGE) {
            throw new UserErrorException(Failure.user(
                    "not-an-image",
                    "backup " + backup.id(),
                    "it holds no image of an application",
                    "Choose one of listImages."));
        }
    }

    private void load(Backup backup, String target) {
        try (var place = Place.open(job.platform(), target, job.context())) {
            var reader = job.reader(backup, place);
            reader.requireAll();
            reader.read(backup.parts().get(0), engine::loadImages);
        } catch (IOException e) {
            throw Place.failed(target, "backup " + backup.id(), e);
        }
        if (engine.inspectImage(backup.serverVersion()).isEmpty()) {
            throw new BackupNotVerifiedException(
                    "backup " + backup.id(),
                    "the engine has read it and knows no image " + backup.serverVersion()
                            + ": it may keep images in another form than the one that wrote it",
                    "Load it into an engine with the same image store, or deploy the commit again.");
        }
        job.operation().progress().line(backup.engineVersion() + " is loaded, " + backup.serverVersion());
    }
}
