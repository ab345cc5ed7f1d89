package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log of a database that is stored all the time, and what can be recovered with it.
 *
 * @param database its name
 * @param target   where base backups and log go
 * @param bases    base backups, newest first
 * @param until    the newest moment that can be recovered by what is stored; empty: none yet. A database that runs can be
 *                 brought back to any later moment too, since a restore stores the rest first
 * @param missing  names of segments that are not stored although later ones are; what needs them cannot be recovered
 * @param points   moments with a name
 * @param failure  why the log could not be stored at the last try; empty: it could
 */
@Experimental
public record LogArchive(
        String database,
        String target,
        List<CataloguedBackup> bases,
        Optional<Instant> until,
        List<String> missing,
        Map<String, Instant> points,
        Optional<String> failure) {
    public LogArchive {
        bases = List.copyOf(bases);
        missing = List.copyOf(missing);
        points = Map.copyOf(points);
    }
}
