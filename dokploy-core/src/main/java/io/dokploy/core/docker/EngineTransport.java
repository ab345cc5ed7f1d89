package io.dokploy.core.docker;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Carries requests to the engine, each on a connection of its own, so that no number of followers can starve another
 * call, an interrupt or a close ends a waiting reader at once, and the input of a command can be ended while its output
 * goes on. Transports that docker-java offers pool connections, cannot half-close them, and write whole requests, with
 * the secrets in them, to the host's log when its level is DEBUG. Thread-safe.
 */
final class EngineTransport implements Closeable {

    private final DockerEndpoint endpoint;
    private final @Nullable SSLSocketFactory tls;
    private final Set<EngineConnection> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor deadlines;
    private volatile boolean closed;

    EngineTransport(DockerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.tls = endpoint.certificates().map(TlsMaterial::read).orElse(null);
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "dokploy-engine-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
    }

    DockerEndpoint endpoint() {
        return endpoint;
    }

    /** The answer of the engine, whatever its status. */
    EngineResponse send(String version, EngineRequest request) throws IOException {
        EngineConnection connection = connect();
        Optional<Future<?>> deadline = request.timeout().map(limit -> deadline(connection, limit.toMillis()));
        Closeable onClose = () -> {
            deadline.ifPresent(future -> future.cancel(false));
            close(connection);
        };
        boolean answered = false;
        try {
            EngineResponse response = new HttpExchange(connection).send(version, request, onClose);
            answered = true;
            return response;
        } finally {
            if (!answered) {
                onClose.close();
            }
        }
    }

    /**
     * A request that turns its connection into a stream of bytes both ways.
     *
     * @return the connection, and what was answered; both end with the connection
     */
    Upgraded upgrade(String version, EngineRequest request) throws IOException {
        EngineConnection connection = connect();
        boolean answered = false;
        try {
            EngineResponse response = new HttpExchange(connection).send(version, request, () -> close(connection));
            answered = true;
            return new Upgraded(connection, response);
        } finally {
            if (!answered) {
                close(connection);
            }
        }
    }

    /** A connection that has become a stream. */
    record Upgraded(EngineConnection connection, EngineResponse response) {}

    private EngineConnection connect() throws IOException {
        if (closed) {
            throw new IOException("this engine's client is closed");
        }
        EngineConnection connection = open();
        open.add(connection);
        if (closed) {
            close(connection);
            throw new IOException("this engine's client is closed");
        }
        return connection;
    }

    private EngineConnection open() throws IOException {
        if (endpoint.isSocket()) {
            return ChannelConnection.open(
                    UnixDomainSocketAddress.of(endpoint.uri().getPath()));
        }
        String host = endpoint.uri().getHost();
        int port = endpoint.uri().getPort();
        return tls == null
                ? ChannelConnection.open(new InetSocketAddress(host, port))
                : TlsConnection.open(tls, host, port);
    }

    private Future<?> deadline(EngineConnection connection, long millis) {
        return deadlines.schedule(
                () -> {
                    close(connection);
                    return null;
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void close(EngineConnection connection) throws IOException {
        open.remove(connection);
        connection.close();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        deadlines.shutdownNow();
        for (EngineConnection connection : open) {
            close(connection);
        }
    }
}
