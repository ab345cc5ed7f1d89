package io.dokploy.core.traefik;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a Traefik file in the making: named values, in the order in which they were put. Not thread-safe. */
final class ConfigMap {

    private final Map<String, Object> entries = new LinkedHashMap<>();

    static ConfigMap of(String key, String value) {
        return new ConfigMap().put(key, value);
    }

    static ConfigMap of(String key, ConfigMap value) {
        return new ConfigMap().put(key, value);
    }

    /** @throws IllegalArgumentException for half a character (a lone surrogate), which no file can hold */
    ConfigMap put(String key, String value) {
        entries.put(text(key), text(value));
        return this;
    }

    ConfigMap put(String key, long value) {
        return put(key, Long.toString(value));
    }

    ConfigMap put(String key, boolean value) {
        return put(key, Boolean.toString(value));
    }

    /** Puts a part, also an empty one: {@code tls: {}} means something. */
    ConfigMap put(String key, ConfigMap value) {
        entries.put(key, value.entries);
        return this;
    }

    ConfigMap put(String key, List<String> values) {
        values.forEach(ConfigMap::text);
        entries.put(key, values);
        return this;
    }

    ConfigMap putParts(String key, Collection<ConfigMap> values) {
        entries.put(key, values.stream().map(value -> value.entries).toList());
        return this;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    String toYaml() {
        return Yaml.write(entries);
    }

    private static String text(String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException("half a character cannot be written");
        }
        return value;
    }
}
