package io.dokploy.database.mariadb;

import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;

/** MariaDB as it comes: what it has beyond other engines are parameters of its own. Immutable. */
public final class MariaDbSettings implements PluginSettings {

    static final String ID = "mariadb";
    static final int FORM = 1;

    private MariaDbSettings() {}

    /** MariaDB as it comes. */
    public static MariaDbSettings defaults() {
        return new MariaDbSettings();
    }

    static MariaDbSettings read(SettingsDocument document) {
        SettingsReader.of(document, ID, FORM).problems().throwIfAny();
        return defaults();
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(ID, FORM, Tree.branch().build());
    }
}
