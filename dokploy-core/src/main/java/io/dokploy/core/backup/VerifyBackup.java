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
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.time.Duration;

/** Proves a backup, and keeps what came of it: beside the backup, and in the catalogue. */
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
            keep(backup, target, e);
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
            mark(backup, verification, place);
            job.catalogue().verified(backup, verification);
            return verification;
        } catch (IOException e) {
            throw Place.failed(target, "backup " + backup.id(), e);
        }
    }

    /** Who may only read there can prove backups as well. */
    private void mark(Backup backup, Verification verification, BackupTarget.Store place) {
        try {
            marks(place).write(backup, verification);
        } catch (IOException e) {
            job.operation().progress().line("The proof could not be written beside the backup: " + e.getMessage());
        }
    }

    private ProofMark marks(BackupTarget.Store place) {
        return new ProofMark(place, job.platform().store().json());
    }

    private void keep(Backup backup, String target, DokployException e) {
        boolean conclusive = e instanceof BackupDamagedException || e instanceof BackupNotVerifiedException;
        var reason = job.operation().masked(e.failure().reason());
        var failure = new FailedVerification(job.platform().pacing().now(), e.code(), reason, conclusive);
        if (conclusive) {
            unmark(backup, target);
            job.platform().store().backups().setNotVerified(backup.id(), failure);
        } else {
            job.platform().store().backups().setFailure(backup.id(), failure);
        }
    }

    private void unmark(Backup backup, String target) {
        try (var place = Place.open(job.platform(), target, job.context())) {
            marks(place).remove(backup);
        } catch (IOException | DokployException e) {
            job.operation()
                    .progress()
                    .line("The proof of before is still beside the backup, and could not be removed: "
                            + e.getMessage());
        }
    }
}
