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
 * @param kind           what is in it
 * @param instance       the store that made it
 * @param project        of the database or the application; empty for the store
 * @param environment    of the database or the application; empty for the store
 * @param name           of the database, or of the application whose volumes or image it is; empty for the store
 * @param engine         what wrote it: the plugin of the database ({@code postgres}), {@code tar} for volumes,
 *                       {@code image}, {@code store}
 * @param engineVersion  tag of the image: {@code 17}; of an application's image its whole name; for the store the version
 *                       of its tables; else empty
 * @param serverVersion  of the engine or the database, as it tells it; of an application's image its id
 * @param began          when the dump began
 * @param took           until the last object was stored
 * @param parts          its objects, in the order in which they are restored
 * @param counts         rows of each table, entries of each volume, or the number of {@code layers}, when it was dumped; tables of a further database have
 *                       its name before theirs ({@code reports: public.orders}); approximate where {@code countsExact} is
 *                       false, and where the name begins with ~
 * @param countsExact    whether nothing was written between the dump and the count
 * @param keyFingerprint the public key that it is encrypted for; empty if it is not encrypted
 * @param schedule       the name of the schedule that made it, for the store with its project and environment before it:
 *                       {@code default/production/nightly}; {@link #POINT_IN_TIME} for a base with which the log of its
 *                       database begins; empty if somebody asked for it
 * @param log            the stretch of the log that it holds, or that a base needs; empty for all other kinds
 */
@Experimental
public record Backup(
        BackupId id,
        Kind kind,
        String instance,
        String project,
        String environment,
        String name,
        String engine,
        String engineVersion,
        String serverVersion,
        Instant began,
        Duration took,
        List<Part> parts,
        Map<String, Long> counts,
        boolean countsExact,
        Optional<String> keyFingerprint,
        Optional<String> schedule,
        Optional<LogSpan> log) {

    /** Instead of a schedule: it was taken by itself when its database's log began to be stored. No schedule has that name. */
    public static final String POINT_IN_TIME = "point-in-time/begin";

    /** What is in a backup. */
    public enum Kind {
        /** A database: what its engine's own tools dump. */
        DATABASE,
        /** The volumes of an application, a tar each. */
        VOLUMES,
        /** The image of an application's live release, as {@code docker save} writes it. */
        IMAGE,
        /** Dokploy's own store, with its key. */
        STORE,
        /** A database: its files as they are on disk, which its log makes consistent. */
        BASE,
        /** A stretch of a database's log, a segment each. */
        LOG
    }

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
     * @param database   the further database of the server that is in it, which may have any name; empty for all else
     */
    public record Part(
            String name,
            String key,
            String format,
            boolean compressed,
            long dumped,
            long stored,
            String sha256,
            Optional<String> database) {

        /** One that holds no further database. */
        public Part(
                String name, String key, String format, boolean compressed, long dumped, long stored, String sha256) {
            this(name, key, format, compressed, dumped, stored, sha256, Optional.empty());
        }

        /** The same with that further database in it. */
        public Part holding(Optional<String> furtherDatabase) {
            return new Part(name, key, format, compressed, dumped, stored, sha256, furtherDatabase);
        }
    }

    /** Bytes of all its objects. */
    public long size() {
        return parts.stream().mapToLong(Part::stored).sum();
    }
}
