package io.dokploy.core.docker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer of the engine. Closing it, by any thread, ends whoever reads its body. */
final class EngineResponse implements Closeable {

    private final int status;
    private final Map<String, List<String>> headers;
    private final InputStream body;
    private final Closeable connection;

    EngineResponse(int status, Map<String, List<String>> headers, InputStream body, Closeable connection) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.connection = connection;
    }

    int status() {
        return status;
    }

    boolean isError() {
        return status >= 400;
    }

    /** By their names in lower case. */
    Map<String, List<String>> headers() {
        return headers;
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    InputStream body() {
        return body;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
