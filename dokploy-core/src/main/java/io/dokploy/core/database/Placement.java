package io.dokploy.core.database;

import io.dokploy.api.ApplicationId;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec.Published;
import io.dokploy.core.deploy.Labels;
import io.dokploy.spi.ApplicationRef;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the container of a database goes, and what it is called there.
 *
 * @param container its name
 * @param volume    of its data
 * @param host      under which others reach it in the network; empty: nobody does
 * @param published where it is reached from outside
 * @param labels    of the container and the volume
 */
public record Placement(
        String container,
        String volume,
        Optional<String> host,
        Optional<Published> published,
        Map<String, String> labels) {

    static final String DATABASE = "io.dokploy.database";
    static final String GENERATION = "io.dokploy.database.generation";
    static final String WORK = "io.dokploy.database.work";
    static final String ROLE_DATABASE = "database";
    static final String ROLE_LOG = "database-log";
    static final String ROLE_TOOLS = "database-tools";

    private static final int SUFFIX_LENGTH = 10;

    /** Where a generation serves: under the database's name, and where it is published. */
    public static Placement serving(String instance, Database database, int generation) {
        return of(
                instance,
                database,
                generation,
                Optional.of(database.name()),
                database.spec().published());
    }

    /** Where a generation is made ready, unseen by others. */
    public static Placement aside(String instance, Database database, int generation) {
        return of(instance, database, generation, Optional.empty(), Optional.empty());
    }

    /** Where a generation is that served and shall not be written to: beside its own place, on the same volume. */
    static Placement withdrawn(String instance, Database database, int generation) {
        var aside = aside(instance, database, generation);
        return new Placement(
                aside.container + "-withdrawn", aside.volume, Optional.empty(), Optional.empty(), aside.labels);
    }

    /** What receives the log of the one that serves in this place. */
    Placement receiver() {
        return beside("-log", Map.of(Labels.ROLE, ROLE_LOG));
    }

    /**
     * What runs the tools that reach an adopted database.
     *
     * @param work    names what they are needed for
     * @param attempt which one it is: one that was taken over from must not remove those of its successor
     */
    static Placement companion(String instance, Database database, String work, int attempt) {
        var aside = aside(instance, database, database.generation());
        var suffix = "-tools-" + work.toLowerCase(java.util.Locale.ROOT) + "-" + attempt;
        return aside.beside(suffix, Map.of(Labels.ROLE, ROLE_TOOLS, WORK, work));
    }

    /** What belongs to the one in this place, found by its labels. */
    Placement beside(String suffix, Map<String, String> differences) {
        var others = new TreeMap<>(labels);
        others.putAll(differences);
        // A name is how people find what serves.
        others.remove(Labels.NAME);
        return new Placement(
                container + suffix, volume + suffix, Optional.empty(), Optional.empty(), Map.copyOf(others));
    }

    private static Placement of(
            String instance, Database database, int generation, Optional<String> host, Optional<Published> published) {
        var id = database.id().value();
        var suffix = id.substring(id.length() - SUFFIX_LENGTH).toLowerCase(java.util.Locale.ROOT);
        var labels = new TreeMap<>(database.spec().labels());
        labels.put(Labels.INSTANCE, instance);
        labels.put(Labels.ENVIRONMENT, database.project() + "/" + database.environment());
        labels.put(Labels.ROLE, ROLE_DATABASE);
        labels.put(Labels.NAME, database.name());
        labels.put(DATABASE, id);
        labels.put(GENERATION, Integer.toString(generation));
        return new Placement(
                database.name() + "-" + suffix + "-" + generation,
                "dokploy-" + instance + "-" + database.project() + "-" + database.environment() + "-" + database.name()
                        + "-" + suffix + "-" + generation,
                host,
                published,
                labels);
    }

    /** A scratch database beside all others, for the proof of a backup. */
    public static Placement scratch(String instance, String name) {
        return new Placement(
                "dokploy-" + instance + "-" + name,
                "dokploy-" + instance + "-" + name,
                Optional.empty(),
                Optional.empty(),
                Map.of(Labels.INSTANCE, instance, Labels.ROLE, "scratch"));
    }

    /** What finds all containers and volumes of a database, of all generations. */
    static Map<String, String> everythingOf(String instance, Database database) {
        return Map.of(Labels.INSTANCE, instance, DATABASE, database.id().value());
    }

    /** What finds the companions of a database. */
    static Map<String, String> companionsOf(String instance, Database database) {
        var everything = new TreeMap<>(everythingOf(instance, database));
        everything.put(Labels.ROLE, ROLE_TOOLS);
        return everything;
    }

    /** The environment as the deployer, which makes its network, knows it. */
    static ApplicationRef environment(String instance, Database database) {
        return new ApplicationRef(
                instance,
                new ApplicationId(database.id().value()),
                database.project(),
                database.environment(),
                database.name());
    }
}
