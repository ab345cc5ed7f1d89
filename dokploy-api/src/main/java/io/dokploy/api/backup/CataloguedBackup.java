package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.util.Optional;

/**
 * A backup as the catalogue of this store knows it.
 *
 * @param backup       what is stored
 * @param target       where
 * @param verification what proved it; empty: it is stored, and nobody has restored it yet
 * @param failure      why the last try to prove it failed, if it did
 */
@Experimental
public record CataloguedBackup(
        Backup backup, String target, Optional<Verification> verification, Optional<FailedVerification> failure) {

    /** Whether it has been restored once, and was found complete; and no later look found it damaged. */
    public boolean proven() {
        return verification.isPresent();
    }
}
