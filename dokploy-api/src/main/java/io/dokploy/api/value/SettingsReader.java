package io.dokploy.api.value;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a plugin back, strictly: a value of another type and a field that nobody asked for are
 * problems, so that a misspelt or newer setting is refused and never silently dropped. Read all fields, then take
 * {@link #problems()}, add what else is wrong, and throw. Not thread-safe.
 */
public final class SettingsReader {

    private final Map<String, Tree> unread;
    private final Problems problems;

    private SettingsReader(SettingsDocument document) {
        unread = new LinkedHashMap<>(document.values().entries());
        problems = Problems.of("settings of " + document.plugin());
    }

    /**
     * Begins to read.
     *
     * @param plugin        whose settings they must be
     * @param newestVersion the newest form that the plugin knows
     * @throws InvalidSpecException if they are another plugin's, or of a newer form
     */
    public static SettingsReader of(SettingsDocument document, String plugin, int newestVersion) {
        Problems.of("settings of " + plugin)
                .require(
                        document.plugin().equals(plugin),
                        "plugin",
                        "these are settings of \"" + document.plugin() + "\"")
                .require(
                        document.version() >= 1 && document.version() <= newestVersion,
                        "version",
                        "form " + document.version() + " is not known to this version of the plugin, which reads 1 to "
                                + newestVersion + "; update the plugin")
                .throwIfAny();
        return new SettingsReader(document);
    }

    /** The text of that name, if there is one. */
    public Optional<String> text(String name) {
        return take(name, Tree.Text.class, "a text").map(Tree.Text::value);
    }

    /** The truth value of that name, if there is one. */
    public Optional<Boolean> flag(String name) {
        return take(name, Tree.Flag.class, "true or false").map(Tree.Flag::value);
    }

    /** The whole number of that name, if there is one. */
    public Optional<Long> number(String name) {
        return take(name, Tree.Number.class, "a whole number").map(Tree.Number::value);
    }

    /** The secret of that name, if there is one. */
    public Optional<Secret> secret(String name) {
        return take(name, Tree.Sealed.class, "a secret").map(Tree.Sealed::secret);
    }

    /** The texts in the list of that name, or none. */
    public List<String> texts(String name) {
        return take(name, Tree.Items.class, "a list of texts").map(Tree.Items::values).orElse(List.of()).stream()
                .flatMap(item -> as(name, item, Tree.Text.class, "a list of texts").stream())
                .map(Tree.Text::value)
                .toList();
    }

    /** The named texts below that name, in order, or none. */
    public Map<String, String> namedTexts(String name) {
        var texts = new LinkedHashMap<String, String>();
        entries(name)
                .forEach((key, value) -> as(name + "." + key, value, Tree.Text.class, "a text")
                        .ifPresent(text -> texts.put(key, text.value())));
        return texts;
    }

    /** The named secrets below that name, in order, or none. */
    public Map<String, Secret> namedSecrets(String name) {
        var secrets = new LinkedHashMap<String, Secret>();
        entries(name)
                .forEach((key, value) -> as(name + "." + key, value, Tree.Sealed.class, "a secret")
                        .ifPresent(secret -> secrets.put(key, secret.secret())));
        return secrets;
    }

    /** What is wrong so far; fields that were not read are, too. Called once, after all were read. */
    public Problems problems() {
        unread.keySet().forEach(name -> problems.add(name, "is not a setting of this version of the plugin"));
        return problems;
    }

    private Map<String, Tree> entries(String name) {
        return take(name, Tree.Branch.class, "names with values")
                .map(Tree.Branch::entries)
                .orElse(Map.of());
    }

    private <T extends Tree> Optional<T> take(String name, Class<T> type, String expected) {
        @Nullable Tree value = unread.remove(name);
        return value == null || value instanceof Tree.Nothing ? Optional.empty() : as(name, value, type, expected);
    }

    private <T extends Tree> Optional<T> as(String field, Tree value, Class<T> type, String expected) {
        problems.require(type.isInstance(value), field, "must be " + expected);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }
}
