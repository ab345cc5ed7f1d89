package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backup that is stored: its manifest, which lies beside its objects in the target and is written after all of them. So
 * what has no manifest is no backup.
 *
 * @param id             its id
 * @param instance       the store that made it
 * @param project        of the database
 * @param environment    of the database
 * @param database       its name
 * @param engine         plugin that knows it: {@code postgres}
 * @param engineVersion  tag of the image: {@code 17}
 * @param serverVersion  as the server tells it
 * @param began          when the dump began
 * @param took           until the last object was stored
 * @param parts          its objects, in the order in which they are restored
 * @param counts         rows of each table when it was dumped; approximate where {@code countsExact} is false
 * @param countsExact    whether nothing was written between the dump and the count
 * @param keyFingerprint the public key that it is encrypted for; empty if it is not encrypted
 */
@Experimental
public record Backup(
        BackupId id,
        String instance,
        String project,
        String environment,
        String database,
        String engine,
        String engineVersion,
        String serverVersion,
        Instant began,
        Duration took,
        List<Part> parts,
        Map<String, Long> counts,
        boolean countsExact,
        Optional<String> keyFingerprint) {
    public Backup {
        parts = List.copyOf(parts);
        counts = Map.copyOf(counts);
    }

    /**
     * An object of a backup.
     *
     * @param name       of the part: {@code data}
     * @param key        in the target
     * @param format     of what is inside: {@code pgdump}
     * @param compressed whether zstd was applied to it
     * @param dumped     bytes that the tool wrote
     * @param stored     bytes of the object
     * @param sha256     of the object, in hexadecimal
     */
    public record Part(
            String name, String key, String format, boolean compressed, long dumped, long stored, String sha256) {}

    /** Bytes of all its objects. */
    public long size() {
        return parts.stream().mapToLong(Part::stored).sum();
    }
}
