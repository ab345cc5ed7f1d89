package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.util.Optional;

/**
 * How to replace the data of a database. By default what is there is backed up first, into the place of the backup that is
 * restored; if that fails nothing is replaced.
 *
 * @param safetyBackup whether there is such a backup
 * @param safetyTarget its place; empty: that of the backup that is restored
 */
@Experimental
public record RestoreRequest(boolean safetyBackup, Optional<String> safetyTarget) {

    /** With a safety backup. */
    public static RestoreRequest defaults() {
        return new RestoreRequest(true, Optional.empty());
    }

    /** Without one: for a database that does not run, or whose data is worth nothing any more. */
    public static RestoreRequest withoutSafetyBackup() {
        return new RestoreRequest(false, Optional.empty());
    }

    /** With a safety backup in that place. */
    public RestoreRequest safetyBackupIn(String target) {
        return new RestoreRequest(true, Optional.of(target));
    }
}
