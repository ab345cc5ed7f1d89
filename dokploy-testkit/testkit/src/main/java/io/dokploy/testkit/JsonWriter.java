package io.dokploy.testkit;

import io.dokploy.api.error.DefectException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Json;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON for tests without a library: writes records by their components, collections, maps, numbers and texts; whatever
 * else as its text. Reads nothing.
 */
final class JsonWriter implements Json {

    @Override
    public String write(Object value) {
        return text(value);
    }

    @Override
    public <T> T read(String json, Class<T> type) {
        throw new DefectException(
                Failure.user(
                        "json-write-only",
                        "test context",
                        "the testkit's own JSON is only written",
                        "Give a JSON mapper with TestContext.builder().json(…)."),
                null);
    }

    private static String text(@Nullable Object value) {
        if (value == null || value instanceof Tree.Nothing) {
            return "null";
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Optional<?> optional) {
            return text(optional.orElse(null));
        }
        if (value instanceof Secret || value instanceof Tree.Sealed) {
            return quoted(Secret.MASK);
        }
        if (value instanceof Tree.Branch branch) {
            return object(branch.entries());
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(JsonWriter::text).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof Record record) {
            Map<String, @Nullable Object> components = components(record);
            boolean scalar = value instanceof Tree || components.size() == 1 && components.containsKey("value");
            return scalar ? text(components.values().iterator().next()) : object(components);
        }
        return quoted(value.toString());
    }

    private static String object(Map<?, ?> entries) {
        return entries.entrySet().stream()
                .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + text(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Map<String, @Nullable Object> components(Record record) {
        Map<String, @Nullable Object> components = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                components.put(component.getName(), accessor.invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
        return components;
    }

    static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }
}
