package io.dokploy.core.docker;

import io.dokploy.api.error.DokployException;
import io.dokploy.spi.CancelToken;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The engine in its negotiated version, as JSON and streams. Thread-safe. */
final class EngineClient implements Closeable {

    private static final int LONGEST_ERROR = 1 << 16;

    private final EngineTransport transport;
    private final ApiVersion version;
    private final JsonMapper mapper = new JsonMapper();

    private EngineClient(EngineTransport transport) {
        this.transport = transport;
        JsonNode answer = readJson(transport.endpoint().subject(), "", EngineRequest.get("/version"));
        this.version = ApiVersion.negotiate(transport.endpoint().subject(), answer);
    }

    static EngineClient connect(DockerEndpoint endpoint) {
        EngineTransport transport = new EngineTransport(endpoint);
        boolean connected = false;
        try {
            EngineClient client = new EngineClient(transport);
            connected = true;
            return client;
        } finally {
            if (!connected) {
                closeQuietly(transport);
            }
        }
    }

    DockerEndpoint endpoint() {
        return transport.endpoint();
    }

    ApiVersion version() {
        return version;
    }

    /** The whole answer as JSON; a missing node if it is empty. */
    JsonNode json(String subject, EngineRequest request) {
        return readJson(subject, "/v" + version, request);
    }

    private JsonNode readJson(String subject, String prefix, EngineRequest request) {
        try (EngineResponse response = succeeded(subject, transport.send(prefix, request))) {
            byte[] bytes = response.body().readAllBytes();
            return bytes.length == 0 ? mapper.missingNode() : mapper.readTree(bytes);
        } catch (IOException e) {
            throw EngineErrors.unanswered(subject, endpoint(), e);
        } catch (JacksonException e) {
            throw EngineErrors.unanswered(
                    subject, endpoint(), new IOException("what answers is no engine: it sends no JSON", e));
        }
    }

    JsonNode parse(String line) {
        return mapper.readTree(line);
    }

    /** Opens an answer that is read as it comes; whoever gets it closes it. */
    EngineResponse open(String subject, EngineRequest request) {
        try {
            return succeeded(subject, transport.send("/v" + version, request));
        } catch (IOException e) {
            throw EngineErrors.unanswered(subject, endpoint(), e);
        }
    }

    /** Turns the request's connection into a stream both ways. */
    EngineTransport.Upgraded upgrade(String subject, EngineRequest request) {
        try {
            var upgraded = transport.upgrade(
                    "/v" + version, request.header("Connection", "Upgrade").header("Upgrade", "tcp"));
            succeeded(subject, upgraded.response());
            return upgraded;
        } catch (IOException e) {
            throw EngineErrors.unanswered(subject, endpoint(), e);
        }
    }

    /**
     * Reads an answer to its end, a JSON document a line, and closes it. One that is cancelled is cut off, which ends the
     * engine's work as well.
     */
    void eachLine(String subject, EngineResponse answer, CancelToken cancelToken, Consumer<JsonNode> listener) {
        try (answer;
                var cancel = cancelToken.onCancel(() -> closeQuietly(answer));
                var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    listener.accept(parse(line));
                }
            }
        } catch (IOException e) {
            cancelToken.throwIfCancelled();
            throw unanswered(subject, e);
        }
        cancelToken.throwIfCancelled();
    }

    DokployException unanswered(String subject, IOException problem) {
        return EngineErrors.unanswered(subject, endpoint(), problem);
    }

    private EngineResponse succeeded(String subject, EngineResponse response) throws IOException {
        if (!response.isError()) {
            return response;
        }
        try (response) {
            throw EngineErrors.refused(subject, response.status(), message(response.body()));
        }
    }

    private String message(InputStream body) throws IOException {
        String text = new String(body.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
        try {
            return mapper.readTree(text).path("message").asString(text);
        } catch (JacksonException e) {
            return text;
        }
    }

    private static void closeQuietly(Closeable opened) {
        try {
            opened.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closeQuietly(transport);
    }
}
