package io.dokploy.api.value;

/**
 * The settings of a plugin: a final class with a builder in the plugin's module, for example
 * {@code DockerfileSettings}. Immutable and validated when built.
 */
public interface PluginSettings {

    /** The form in which these settings are stored; the plugin reads it back, older versions too. */
    SettingsDocument toDocument();
}
