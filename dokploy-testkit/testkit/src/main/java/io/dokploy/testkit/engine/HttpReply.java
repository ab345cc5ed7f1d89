package io.dokploy.testkit.engine;

import java.util.Map;

/**
 * The answer of a program in a container.
 *
 * @param status  {@code 200}
 * @param headers by name in lower case
 * @param body    as text
 */
public record HttpReply(int status, Map<String, String> headers, String body) {
    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /** 200 with that text. */
    public static HttpReply ok(String body) {
        return status(200, body);
    }

    /** That status with that text. */
    public static HttpReply status(int status, String body) {
        return new HttpReply(status, Map.of(), body);
    }
}
