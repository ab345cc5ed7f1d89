package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The proof of a backup: it was restored into a database of its own, which opened and held what the manifest says.
 *
 * @param time   when
 * @param took   how long
 * @param image  what it was restored with
 * @param checks what was compared, one line each
 */
@Experimental
public record Verification(Instant time, Duration took, String image, List<String> checks) {
    public Verification {
        checks = List.copyOf(checks);
    }
}
