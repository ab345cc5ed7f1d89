package io.dokploy.core.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request to the engine. Not printable on purpose: headers and bodies may hold secrets.
 *
 * @param method  GET, POST, …
 * @param path    with its query, without the API version
 * @param headers further ones
 * @param body    what is sent, if anything
 * @param timeout for the whole answer; empty: none, the answer is a stream
 */
record EngineRequest(String method, String path, Map<String, String> headers, Body body, Optional<Duration> timeout) {

    /** What is sent. */
    sealed interface Body {}

    /** All of it. */
    record Bytes(byte[] bytes, String type) implements Body {}

    /** In chunks, while it is made. */
    record Stream(Content content, String type) implements Body {}

    /** Writes a body once. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final Duration USUAL = Duration.ofMinutes(2);
    private static final Bytes NOTHING = new Bytes(new byte[0], "");

    static EngineRequest get(String path) {
        return new EngineRequest("GET", path, Map.of(), NOTHING, Optional.of(USUAL));
    }

    static EngineRequest post(String path) {
        return new EngineRequest("POST", path, Map.of(), NOTHING, Optional.of(USUAL));
    }

    EngineRequest json(JsonNode value) {
        return body(new Bytes(value.toString().getBytes(StandardCharsets.UTF_8), "application/json"));
    }

    EngineRequest tar(InputStream stream) {
        return tar(stream::transferTo);
    }

    EngineRequest tar(Content content) {
        return body(new Stream(content, "application/x-tar")).streaming();
    }

    EngineRequest put() {
        return new EngineRequest("PUT", path, headers, body, timeout);
    }

    EngineRequest header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new EngineRequest(method, path, all, body, timeout);
    }

    EngineRequest query(String name, String value) {
        String separator = path.contains("?") ? "&" : "?";
        return new EngineRequest(method, path + separator + name + "=" + encode(value), headers, body, timeout);
    }

    EngineRequest within(Duration limit) {
        return new EngineRequest(method, path, headers, body, Optional.of(limit));
    }

    /** Without a deadline: whoever reads the answer closes it. */
    EngineRequest streaming() {
        return new EngineRequest(method, path, headers, body, Optional.empty());
    }

    EngineRequest body(Body newBody) {
        return new EngineRequest(method, path, headers, newBody, timeout);
    }

    static String encode(@Nullable String value) {
        return URLEncoder.encode(value == null ? "" : value, StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    @Override
    public String toString() {
        return method + " " + path.split("\\?", 2)[0];
    }
}
