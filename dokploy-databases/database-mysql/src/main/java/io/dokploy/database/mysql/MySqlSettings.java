package io.dokploy.database.mysql;

import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;

/** MySQL as it comes: what it has beyond other engines are parameters of its own. Immutable. */
public final class MySqlSettings implements PluginSettings {

    static final String ID = "mysql";
    static final int FORM = 1;

    private MySqlSettings() {}

    /** MySQL as it comes. */
    public static MySqlSettings defaults() {
        return new MySqlSettings();
    }

    static MySqlSettings read(SettingsDocument document) {
        SettingsReader.of(document, ID, FORM).problems().throwIfAny();
        return defaults();
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(ID, FORM, Tree.branch().build());
    }
}
