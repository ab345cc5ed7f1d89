package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to replace the data of a database. By default what is there is backed up first, into the place of the backup that is
 * restored; if that fails nothing is replaced.
 *
 * @param safetyBackup whether there is such a backup
 * @param safetyTarget its place; empty: that of the backup that is restored
 * @param roles        see {@link #makingRoles}
 */
@Experimental
public record RestoreRequest(boolean safetyBackup, Optional<String> safetyTarget, List<String> roles) {

    private static final int LONGEST_ROLE = 63;

    public RestoreRequest {
        roles = List.copyOf(roles);
        var problems = Problems.of("restore request");
        for (String role : roles) {
            problems.require(
                    !role.isBlank()
                            && role.length() <= LONGEST_ROLE
                            && role.chars().noneMatch(Character::isISOControl),
                    "roles",
                    "must be names of 1 to " + LONGEST_ROLE + " characters without control characters");
        }
        problems.throwIfAny();
    }

    /** With a safety backup. */
    public static RestoreRequest defaults() {
        return new RestoreRequest(true, Optional.empty(), List.of());
    }

    /** Without one: for a database that does not run, or whose data is worth nothing any more. */
    public static RestoreRequest withoutSafetyBackup() {
        return new RestoreRequest(false, Optional.empty(), List.of());
    }

    /** With a safety backup in that place. */
    public RestoreRequest safetyBackupIn(String target) {
        return new RestoreRequest(true, Optional.of(target), roles);
    }

    /**
     * With these roles beside the data, without login and rights, if they are not there: for a dump made elsewhere whose
     * policies or owners are such. A backup brings its own.
     *
     * @param names as the dump has them, without quotes
     * @throws io.dokploy.api.error.InvalidSpecException if one is no name
     */
    public RestoreRequest makingRoles(String... names) {
        return new RestoreRequest(
                safetyBackup,
                safetyTarget,
                Stream.concat(roles.stream(), Stream.of(names)).toList());
    }
}
