package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import java.time.Instant;
import java.util.Objects;

/**
 * A database as the store knows it. Its data lives in a volume; a restore or an upgrade makes another volume with another
 * container beside it, checks it, and lets it take over: the next <em>generation</em>.
 *
 * @param id            names it for ever
 * @param project       it belongs to
 * @param environment   it belongs to
 * @param spec          what was asked for
 * @param version       counts the changes of the spec; an update must name the one that it was made from
 * @param engineVersion the tag of the image that runs: {@code 17}; of an adopted one, of the image whose tools are used
 * @param generation    which container and volume serve, from 1
 * @param stopped       whether it was stopped on purpose
 * @param created       when it was asked for
 */
@Experimental
public record Database(
        DatabaseId id,
        String project,
        String environment,
        DatabaseSpec spec,
        long version,
        String engineVersion,
        int generation,
        boolean stopped,
        Instant created) {
    public Database {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
    }

    /** Its name, under which it is reached in its environment's network. */
    public String name() {
        return spec.name();
    }

    /** The id of the plugin that knows its engine: {@code postgres}. */
    public String engine() {
        return spec.engine().plugin();
    }

    /** Whether somebody else runs its server: it is connected and backed up, and never changed. */
    public boolean adopted() {
        return spec.adopted().isPresent();
    }
}
