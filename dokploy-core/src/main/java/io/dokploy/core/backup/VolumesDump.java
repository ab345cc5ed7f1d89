package io.dokploy.core.backup;

import io.dokploy.api.Application;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.deploy.EnvironmentVolumes;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** The volumes of an application, a tar each. */
final class VolumesDump implements Dump {

    private final BackupJob job;
    private final Application application;
    private final List<String> volumes;
    private final DuringBackup during;

    private VolumesDump(BackupJob job, Application application, List<String> volumes, DuringBackup during) {
        this.job = job;
        this.application = application;
        this.volumes = volumes;
        this.during = during;
    }

    /** @throws UserErrorException if it mounts none */
    static VolumesDump of(BackupJob job, Application application, DuringBackup during) {
        var volumes = application.spec().mounts().stream()
                .filter(Mount.Volume.class::isInstance)
                .map(mount -> ((Mount.Volume) mount).name())
                .distinct()
                .toList();
        if (volumes.isEmpty()) {
            throw new UserErrorException(Failure.user(
                    "no-volumes",
                    application.name(),
                    "it mounts no volume",
                    "Back up an application that does; files of the host are the host's to back up."));
        }
        return new VolumesDump(job, application, volumes, during);
    }

    @Override
    public Source source() {
        return new Source(
                Kind.VOLUMES, application.project(), application.environment(), application.name(), "tar", "");
    }

    @Override
    public Contents writeTo(BackupDraft draft) throws IOException {
        var counts = new TreeMap<String, Long>();
        try (var still = HeldStill.of(job, application, during)) {
            for (String volume : volumes) {
                counts.put(volume, write(volume, draft));
            }
        }
        return new Contents("", counts, true);
    }

    /** @return the number of its entries */
    private long write(String volume, BackupDraft draft) throws IOException {
        var source = EnvironmentVolumes.name(job.platform().ref(application), volume);
        if (!ReachedVolume.exists(job, source)) {
            throw new NotFoundException(
                    "volume " + volume, "the engine has none of that name", "Deploy the application once.");
        }
        var entries = new AtomicLong();
        try (var reached =
                ReachedVolume.of(job, source, BackupJob.suffix(draft.id().value()))) {
            draft.write(volume, "tar", stream -> {
                try (var copied = new Copied(reached.read(), stream)) {
                    entries.set(TarCheck.entries(copied));
                }
            });
        }
        return entries.get();
    }
}
