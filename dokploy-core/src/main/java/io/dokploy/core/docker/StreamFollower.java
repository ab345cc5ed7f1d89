package io.dokploy.core.docker;

import io.dokploy.api.error.DokployException;
import io.dokploy.spi.engine.ContainerEngine.EngineSubscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads an endless answer, a JSON document a line, in a thread of its own; opens it again when it breaks off. */
final class StreamFollower implements EngineSubscription {

    private static final Logger LOG = LoggerFactory.getLogger(StreamFollower.class);
    private static final long RETRY_MILLIS = 500;

    /** Whether a stream that has ended is opened again. */
    enum Ending {
        FINAL,
        REOPENED
    }

    private final EngineClient client;
    private final String subject;
    private final EngineRequest request;
    private final Ending ending;
    private final Consumer<JsonNode> listener;
    private final Thread thread;
    private @Nullable EngineResponse response;
    private volatile boolean closed;

    StreamFollower(
            EngineClient client, String subject, EngineRequest request, Ending ending, Consumer<JsonNode> listener) {
        this.client = client;
        this.subject = subject;
        this.request = request;
        this.ending = ending;
        this.listener = listener;
        this.thread = new Thread(this::follow, "dokploy-engine-stream");
        open();
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void open() {
        if (!closed) {
            response = client.open(subject, request.streaming());
        }
    }

    private synchronized @Nullable EngineResponse response() {
        return response;
    }

    private void follow() {
        while (!closed) {
            try {
                read();
                if (ending == Ending.FINAL || closed) {
                    return;
                }
                Thread.sleep(RETRY_MILLIS);
                open();
            } catch (InterruptedException e) {
                return;
            } catch (DokployException e) {
                LOG.debug("{} cannot be followed now; trying again", subject);
            }
        }
    }

    private void read() {
        var current = response();
        if (current == null) {
            return;
        }
        try (var lines = new BufferedReader(new InputStreamReader(current.body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                if (!line.isBlank()) {
                    tell(client.parse(line));
                }
            }
        } catch (IOException e) {
            if (!closed) {
                LOG.debug("{} broke off: {}", subject, e.toString());
            }
        }
    }

    private void tell(JsonNode node) {
        try {
            listener.accept(node);
        } catch (RuntimeException e) {
            LOG.warn("A listener to {} failed; it is called again with what comes next", subject, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        var current = response();
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                LOG.debug("{} did not close", subject, e);
            }
        }
    }
}
