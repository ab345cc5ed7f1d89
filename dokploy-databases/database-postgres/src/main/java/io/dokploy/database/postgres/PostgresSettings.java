package io.dokploy.database.postgres;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What PostgreSQL has beyond other engines. Immutable; the methods give changed copies. */
public final class PostgresSettings implements PluginSettings {

    static final String ID = "postgres";
    static final int FORM = 1;

    private static final Pattern EXTENSION = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private static final int MOST_JOBS = 64;

    private final List<String> extensions;
    private final Optional<Integer> dumpJobs;

    private PostgresSettings(List<String> extensions, Optional<Integer> dumpJobs, Problems problems) {
        this.extensions = List.copyOf(extensions);
        this.dumpJobs = dumpJobs;
        extensions.forEach(name -> problems.require(
                EXTENSION.matcher(name).matches(), "extensions", "\"" + name + "\" is not an extension's name"));
        dumpJobs.ifPresent(jobs -> problems.require(
                jobs >= 1 && jobs <= MOST_JOBS, "dumpJobs", "must be 1 to " + MOST_JOBS + ", but is " + jobs));
        problems.throwIfAny();
    }

    /** PostgreSQL as it comes. */
    public static PostgresSettings defaults() {
        return new PostgresSettings(List.of(), Optional.empty(), problems());
    }

    /**
     * The same with an extension, made in the first database when it is provisioned; the image must have it.
     *
     * @param name as in {@code CREATE EXTENSION}: {@code pg_trgm}, {@code uuid-ossp}
     */
    public PostgresSettings extension(String name) {
        var all = new ArrayList<>(extensions);
        all.add(name);
        return new PostgresSettings(all, dumpJobs, problems());
    }

    /**
     * The same, dumped by so many connections at once, whatever its size. They write into a scratch volume, for which there
     * must be as much room as the database takes; if there is not, it is dumped as a stream.
     *
     * @param jobs 1 to 64; 1: always as a stream. Without this a database of 1 GiB or more has as many as the engine's
     *             machine has processors, at most 4
     */
    public PostgresSettings dumpJobs(int jobs) {
        return new PostgresSettings(extensions, Optional.of(jobs), problems());
    }

    List<String> extensions() {
        return extensions;
    }

    Optional<Integer> dumpJobs() {
        return dumpJobs;
    }

    private static Problems problems() {
        return Problems.of("settings of " + ID);
    }

    static PostgresSettings read(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, FORM);
        var extensions = reader.texts("extensions");
        var dumpJobs = reader.number("dumpJobs").map(jobs -> (int) Math.min(jobs, Integer.MAX_VALUE));
        return new PostgresSettings(extensions, dumpJobs, reader.problems());
    }

    @Override
    public SettingsDocument toDocument() {
        var values = Tree.branch().put("extensions", extensions);
        dumpJobs.ifPresent(jobs -> values.put("dumpJobs", jobs));
        return new SettingsDocument(ID, FORM, values.build());
    }
}
