package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.api.database.Database;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes a backup: the data of a database, the volumes of an application, the store. */
interface Dump {

    /** What it is of. */
    Source source();

    /**
     * Writes all parts, or throws.
     *
     * @throws IOException if the place fails
     */
    Contents writeTo(BackupDraft draft) throws IOException;

    /**
     * What a manifest says of where a backup comes from, as {@link io.dokploy.api.backup.Backup} names it.
     *
     * @param kind          what is in it
     * @param project       empty for the store
     * @param environment   empty for the store
     * @param name          empty for the store
     * @param engine        what writes it
     * @param engineVersion the tag of its image, if it has one
     */
    record Source(Kind kind, String project, String environment, String name, String engine, String engineVersion) {

        /** A database. */
        static Source of(Kind kind, Database database) {
            return new Source(
                    kind,
                    database.project(),
                    database.environment(),
                    database.name(),
                    database.engine(),
                    database.engineVersion());
        }

        /** The folders in which its backups lie, from the instance's on. */
        List<String> folders() {
            return kind == Kind.STORE ? List.of(engine) : List.of(project, environment, name);
        }

        /** For people: {@code default/production/shop-db}. */
        String subject() {
            return String.join("/", folders());
        }
    }

    /**
     * What a dump holds.
     *
     * @param serverVersion as the engine tells it; else empty
     * @param counts        rows of each table, entries of each volume
     * @param exact         whether that is counted in what is dumped, and not about at that time
     * @param log           what makes it consistent, if it is a base
     */
    record Contents(String serverVersion, Map<String, Long> counts, boolean exact, Optional<LogSpan> log) {

        /** What is consistent by itself. */
        Contents(String serverVersion, Map<String, Long> counts, boolean exact) {
            this(serverVersion, counts, exact, Optional.empty());
        }
    }
}
