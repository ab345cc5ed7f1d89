package io.dokploy.core.plugin;

import io.dokploy.api.error.PluginMissingException;
import io.dokploy.spi.Builder;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.Plugin;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.DatabaseProvisioner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins of one instance. Those given explicitly win over those found. Thread-safe. */
public final class PluginRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);

    private final Map<String, Builder> builders = new LinkedHashMap<>();
    private final Map<String, Notifier> notifiers = new LinkedHashMap<>();
    private final Map<String, DatabaseProvisioner> databases = new LinkedHashMap<>();
    private final Map<String, BackupTarget> backups = new LinkedHashMap<>();
    private final List<String> unloadable = new ArrayList<>();

    /** Takes the given plugins, and those that the class loader's services name. */
    public PluginRegistry(Collection<? extends Plugin> given, Collection<ClassLoader> discoverIn) {
        for (Plugin plugin : given) {
            if (plugin instanceof Builder builder) {
                builders.put(builder.id(), builder);
            }
            if (plugin instanceof Notifier notifier) {
                notifiers.put(notifier.id(), notifier);
            }
            if (plugin instanceof DatabaseProvisioner database) {
                databases.put(database.id(), database);
            }
            if (plugin instanceof BackupTarget backup) {
                backups.put(backup.id(), backup);
            }
        }
        for (ClassLoader loader : discoverIn) {
            discover(Builder.class, loader, builders);
            discover(Notifier.class, loader, notifiers);
            discover(DatabaseProvisioner.class, loader, databases);
            discover(BackupTarget.class, loader, backups);
        }
    }

    private <P extends Plugin> void discover(Class<P> type, ClassLoader loader, Map<String, P> into) {
        var services = ServiceLoader.load(type, loader).stream().iterator();
        while (true) {
            try {
                if (!services.hasNext()) {
                    return;
                }
                var plugin = services.next().get();
                into.putIfAbsent(plugin.id(), plugin);
            } catch (ServiceConfigurationError | LinkageError e) {
                // One that cannot be loaded must not take the others with it.
                LOG.warn("A {} plugin cannot be loaded and is left out: {}", type.getSimpleName(), e.toString());
                unloadable.add(type.getSimpleName() + ": " + e);
            }
        }
    }

    /** All builders, by id. */
    public List<Builder> builders() {
        return builders.values().stream()
                .sorted(Comparator.comparing(Builder::id))
                .toList();
    }

    /** The builder of that id, or {@link PluginMissingException}. */
    public Builder builder(String id) {
        return find(id, "builder", builders);
    }

    /** The notifier of that id, or {@link PluginMissingException}. */
    public Notifier notifier(String id) {
        return find(id, "notifier", notifiers);
    }

    /** The database engine of that id, or {@link PluginMissingException}. */
    public DatabaseProvisioner database(String id) {
        return find(id, "database", databases);
    }

    /** The kind of place for backups of that id, or {@link PluginMissingException}. */
    public BackupTarget backup(String id) {
        return find(id, "backup", backups);
    }

    /** The notifiers by id. */
    public Map<String, Notifier> notifiers() {
        return Map.copyOf(notifiers);
    }

    /** What could not be loaded, for people. */
    public List<String> unloadable() {
        return List.copyOf(unloadable);
    }

    private <P> P find(String id, String kind, Map<String, P> plugins) {
        var plugin = plugins.get(id);
        if (plugin == null) {
            throw new PluginMissingException(
                    kind + " " + id,
                    "no such plugin is installed; there are: "
                            + plugins.keySet().stream().sorted().collect(Collectors.joining(", ", "[", "]"))
                            + (unloadable.isEmpty() ? "" : "; not loadable: " + unloadable),
                    "Add the module dokploy-" + kind + "-" + id + " to the class path, or change the settings.");
        }
        return plugin;
    }

    /** Calls a plugin with its own class loader as the thread's. */
    public static <P extends Plugin, T> T call(P plugin, Function<P, T> call) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(plugin.getClass().getClassLoader());
        try {
            return call.apply(plugin);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        builders.values().forEach(PluginRegistry::close);
        notifiers.values().forEach(PluginRegistry::close);
        databases.values().forEach(PluginRegistry::close);
        backups.values().forEach(PluginRegistry::close);
    }

    private static void close(Plugin plugin) {
        try {
            plugin.close();
        } catch (RuntimeException e) {
            LOG.warn("The plugin {} failed to close", plugin.id(), e);
        }
    }
}
