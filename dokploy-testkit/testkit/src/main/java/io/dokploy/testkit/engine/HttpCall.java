package io.dokploy.testkit.engine;

import java.util.Map;

/**
 * An HTTP request to a program in a container.
 *
 * @param method  {@code GET}
 * @param path    with query
 * @param headers by name in lower case; {@code host} among them
 * @param body    as text
 */
public record HttpCall(String method, String path, Map<String, String> headers, String body) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** GET of that path. */
    public static HttpCall get(String path) {
        return new HttpCall("GET", path, Map.of(), "");
    }
}
