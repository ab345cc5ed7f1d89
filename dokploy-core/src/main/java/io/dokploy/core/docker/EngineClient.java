package io.dokploy.core.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DockerClientImpl;
import io.dokploy.api.error.DokployException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The engine in its negotiated version: plain calls by docker-java, all else as JSON and streams. Thread-safe. */
final class EngineClient implements Closeable {

    private static final int LONGEST_ERROR = 1 << 16;

    private final EngineTransport transport;
    private final ApiVersion version;
    private final DockerClient docker;
    private final JsonMapper mapper = new JsonMapper();

    private EngineClient(EngineTransport transport) {
        this.transport = transport;
        JsonNode answer = readJson(transport.endpoint().subject(), "", EngineRequest.get("/version"));
        this.version = ApiVersion.negotiate(transport.endpoint().subject(), answer);
        this.docker = DockerClientImpl.getInstance(
                new PlainDockerConfig(transport.endpoint().uri(), version), transport);
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

    JsonNodeFactory nodes() {
        return JsonNodeFactory.instance;
    }

    /** A call of docker-java's. */
    <T> T call(String subject, java.util.function.Function<DockerClient, T> call) {
        return mapped(subject, () -> call.apply(docker));
    }

    /** A call of docker-java's; empty if what it is about does not exist. */
    <T> Optional<T> find(String subject, java.util.function.Function<DockerClient, T> call) {
        try {
            return Optional.of(call(subject, call));
        } catch (io.dokploy.api.error.NotFoundException | io.dokploy.api.error.ImageNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The whole answer as JSON; a missing node if it is empty. */
    JsonNode json(String subject, EngineRequest request) {
        return readJson(subject, "/v" + version, request);
    }

    private JsonNode readJson(String subject, String prefix, EngineRequest request) {
        try (EngineResponse response = succeeded(subject, transport.send(prefix, request))) {
            byte[] bytes = response.body().readAllBytes();
            return bytes.length == 0 ? nodes().missingNode() : mapper.readTree(bytes);
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

    private <T> T mapped(String subject, Supplier<T> call) {
        try {
            return call.get();
        } catch (DockerException e) {
            throw EngineErrors.refused(subject, e.getHttpStatus(), message(e), e);
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause() == null ? new IOException(e) : e.getCause();
            throw EngineErrors.unanswered(subject, endpoint(), cause);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException problem) {
                throw EngineErrors.unanswered(subject, endpoint(), problem);
            }
            throw e;
        }
    }

    /** docker-java puts the status before the body of the answer. */
    private String message(DockerException e) {
        String text = String.valueOf(e.getMessage());
        int start = text.indexOf('{');
        try {
            return start < 0
                    ? text
                    : mapper.readTree(text.substring(start)).path("message").asString(text);
        } catch (JacksonException notJson) {
            return text;
        }
    }

    private static void closeQuietly(EngineTransport transport) {
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closeQuietly(transport);
    }
}
