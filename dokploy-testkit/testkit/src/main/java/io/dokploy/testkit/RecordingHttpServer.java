package io.dokploy.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dokploy.testkit.engine.HttpCall;
import io.dokploy.testkit.engine.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on loopback that remembers what it was asked and answers as the test says, at first 200. Thread-safe. */
public final class RecordingHttpServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;
    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Behaviour behaviour = (exchange, call) -> answer(exchange, HttpReply.ok(""));

    private interface Behaviour {
        void on(HttpExchange exchange, HttpCall call) throws IOException, InterruptedException;
    }

    private RecordingHttpServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "recording-http-server");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A server that runs, on a port that was free. */
    public static RecordingHttpServer start() {
        return new RecordingHttpServer();
    }

    /** Its address with that path. */
    public URI uri(String path) {
        var address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
    }

    /** What it was asked until now, in order. */
    public List<HttpCall> calls() {
        return List.copyOf(calls);
    }

    /** Answers so from now on. */
    public RecordingHttpServer reply(HttpReply reply) {
        return reply(call -> reply);
    }

    /** Answers so from now on. */
    public RecordingHttpServer reply(Function<HttpCall, HttpReply> replies) {
        behaviour = (exchange, call) -> answer(exchange, replies.apply(call));
        return this;
    }

    /** Takes requests from now on and cuts the connection. */
    public RecordingHttpServer hangUp() {
        behaviour = (exchange, call) -> exchange.close();
        return this;
    }

    /** Takes requests from now on and never answers. */
    public RecordingHttpServer neverAnswer() {
        behaviour = (exchange, call) -> {
            closing.await();
            exchange.close();
        };
        return this;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var call = new HttpCall(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
        calls.add(call);
        try {
            behaviour.on(exchange, call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, HttpReply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
