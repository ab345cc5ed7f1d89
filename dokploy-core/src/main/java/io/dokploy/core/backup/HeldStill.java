package io.dokploy.core.backup;

import io.dokploy.api.Application;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.Deployer;
import java.util.Optional;

/**
 * An application that writes no files until this is closed. If the process dies meanwhile the next attempt lets it go on, or
 * the next reconciliation. One that was stopped before stays stopped.
 */
final class HeldStill implements AutoCloseable {

    private final BackupJob job;
    private final Application application;
    private final Optional<ReleaseId> held;

    private HeldStill(BackupJob job, Application application, Optional<ReleaseId> held) {
        this.job = job;
        this.application = application;
        this.held = held;
    }

    static HeldStill of(BackupJob job, Application application, DuringBackup during) {
        boolean writes = during != DuringBackup.LIVE && !application.stopped();
        var still = new HeldStill(job, application, writes ? application.live() : Optional.empty());
        try {
            still.held.ifPresent(release -> still.hold(release, during));
            return still;
        } catch (RuntimeException e) {
            still.closeAfter(e);
            throw e;
        }
    }

    private void hold(ReleaseId release, DuringBackup during) {
        var ref = job.platform().ref(application);
        if (during == DuringBackup.PAUSED) {
            job.operation().progress().line("Holding " + application.name() + " still");
            deployer().pause(ref, release, job.context());
        } else {
            job.operation().progress().line("Stopping " + application.name());
            deployer().stop(ref, release, job.context());
        }
    }

    private void closeAfter(RuntimeException failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private Deployer deployer() {
        return job.platform().deployer();
    }

    private boolean isLost() {
        Ownership ownership = job.operation()::requireMine;
        try {
            return ownership.isLost();
        } catch (StoreUnavailableException e) {
            // The application matters more than the attempt that may come next.
            return false;
        }
    }

    @Override
    public void close() {
        // Who took over holds it still for itself.
        if (!isLost()) {
            held.ifPresent(release -> {
                deployer().start(job.platform().ref(application), release, job.context());
                job.operation().progress().line(application.name() + " goes on");
            });
        }
    }
}
