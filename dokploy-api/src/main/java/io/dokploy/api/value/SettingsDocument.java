package io.dokploy.api.value;

import java.util.Objects;

/**
 * The settings of a plugin as they are stored: readable without the plugin, and kept as they are when it is missing.
 *
 * @param plugin  the plugin's id: {@code dockerfile}
 * @param version of the form of {@code values}, counted by the plugin from 1
 * @param values  what was set
 */
public record SettingsDocument(String plugin, int version, Tree.Branch values) {
    public SettingsDocument {
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(values, "values");
    }
}
