package io.dokploy.core;

import io.dokploy.spi.Plugin;
import java.util.List;

/**
 * Which plugins there are. Those given explicitly win over those found.
 *
 * @param given      made by the host
 * @param discoverIn class loaders whose {@link java.util.ServiceLoader} entries are taken
 */
public record Plugins(List<Plugin> given, List<ClassLoader> discoverIn) {
    public Plugins {
        given = List.copyOf(given);
        discoverIn = List.copyOf(discoverIn);
    }

    /** All that the class loader of this library sees. The default. */
    public static Plugins discover() {
        return discover(Plugins.class.getClassLoader());
    }

    /** All that a class loader sees. */
    public static Plugins discover(ClassLoader classLoader) {
        return new Plugins(List.of(), List.of(classLoader));
    }

    /** These and no others. */
    public static Plugins of(Plugin... plugins) {
        return new Plugins(List.of(plugins), List.of());
    }

    /** The same, and these, which win. */
    public Plugins and(Plugin... plugins) {
        var all = new java.util.ArrayList<>(List.of(plugins));
        all.addAll(given);
        return new Plugins(all, discoverIn);
    }
}
