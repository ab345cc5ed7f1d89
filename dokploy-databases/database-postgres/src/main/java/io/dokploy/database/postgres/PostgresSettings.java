package io.dokploy.database.postgres;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What PostgreSQL has beyond other engines. Immutable; the methods give changed copies. */
public final class PostgresSettings implements PluginSettings {

    static final String ID = "postgres";
    static final int FORM = 1;

    private static final Pattern EXTENSION = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private final List<String> extensions;

    private PostgresSettings(List<String> extensions) {
        this.extensions = List.copyOf(extensions);
    }

    /** PostgreSQL as it comes. */
    public static PostgresSettings defaults() {
        return new PostgresSettings(List.of());
    }

    /**
     * The same with an extension, made in the first database when it is provisioned; the image must have it.
     *
     * @param name as in {@code CREATE EXTENSION}: {@code pg_trgm}, {@code uuid-ossp}
     */
    public PostgresSettings extension(String name) {
        Problems.of("settings of " + ID)
                .require(EXTENSION.matcher(name).matches(), "extensions", "\"" + name + "\" is not an extension's name")
                .throwIfAny();
        var all = new ArrayList<>(extensions);
        all.add(name);
        return new PostgresSettings(all);
    }

    List<String> extensions() {
        return extensions;
    }

    static PostgresSettings read(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, FORM);
        var extensions = reader.texts("extensions");
        var problems = reader.problems();
        extensions.forEach(name -> problems.require(
                EXTENSION.matcher(name).matches(), "extensions", "\"" + name + "\" is not an extension's name"));
        problems.throwIfAny();
        return new PostgresSettings(extensions);
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID, FORM, Tree.branch().put("extensions", extensions).build());
    }
}
