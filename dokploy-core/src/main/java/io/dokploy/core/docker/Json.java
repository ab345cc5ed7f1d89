package io.dokploy.core.docker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small pieces of the engine's JSON. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode texts(Map<String, String> values) {
        var node = object();
        values.forEach(node::put);
        return node;
    }

    static ArrayNode array(Collection<String> values) {
        var node = JsonNodeFactory.instance.arrayNode();
        values.forEach(node::add);
        return node;
    }

    /** The filter that finds what carries all of these labels. */
    static String labelFilter(Map<String, String> labels) {
        var node = object();
        node.set(
                "label",
                array(labels.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList()));
        return node.toString();
    }

    static Map<String, String> texts(JsonNode node) {
        var values = new LinkedHashMap<String, String>();
        node.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asString("")));
        return values;
    }

    static List<String> list(JsonNode node) {
        return node.valueStream().map(value -> value.asString("")).toList();
    }
}
