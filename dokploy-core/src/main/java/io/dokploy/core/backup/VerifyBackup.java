package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.FailedVerification;
import io.dokploy.api.backup.Verification;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.BackupNotVerifiedException;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import java.io.IOException;
import java.time.Duration;

/** Proves a backup, and keeps in the catalogue what came of it. */
final class VerifyBackup {

    private final BackupJob job;

    VerifyBackup(BackupJob job) {
        this.job = job;
    }

    Verification run(Proof proof, Backup backup, String target) {
        try {
            return prove(proof, backup, target);
        } catch (FencedException | ShutDownException | CancelledException e) {
            throw e;
        } catch (DokployException e) {
            keep(backup, e);
            throw e;
        }
    }

    private Verification prove(Proof proof, Backup backup, String target) {
        job.operation().step("verify");
        var began = job.platform().pacing().now();
        try (var place = Place.open(job.platform(), target, job.context())) {
            var found = proof.run(backup, place);
            var now = job.platform().pacing().now();
            var verification = new Verification(now, Duration.between(began, now), found.image(), found.checks());
            job.catalogue().verified(backup, verification);
            return verification;
        } catch (IOException e) {
            throw Place.failed(target, "backup " + backup.id(), e);
        }
    }

    private void keep(Backup backup, DokployException e) {
        boolean conclusive = e instanceof BackupDamagedException || e instanceof BackupNotVerifiedException;
        var reason = job.operation().masked(e.failure().reason());
        var failure = new FailedVerification(job.platform().pacing().now(), e.code(), reason, conclusive);
        if (conclusive) {
            job.platform().store().backups().setNotVerified(backup.id(), failure);
        } else {
            job.platform().store().backups().setFailure(backup.id(), failure);
        }
    }
}
