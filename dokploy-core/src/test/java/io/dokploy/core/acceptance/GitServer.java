package io.dokploy.core.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A repository over HTTP on loopback: asks for a password if it has one, and can leave a client waiting. */
final class GitServer implements AutoCloseable {

    /** The request for the refs. */
    static final String REFS = "/info/refs";
    /** The request for objects. */
    static final String OBJECTS = "/git-upload-pack";

    private final Repository repository;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "git-server"));
    private volatile String login = "";
    private volatile boolean echoing;
    private volatile String held = "-";
    private volatile CountDownLatch reached = new CountDownLatch(1);
    private volatile CountDownLatch open = new CountDownLatch(0);

    GitServer(TestRepository files) {
        try {
            repository = new FileRepositoryBuilder()
                    .setWorkTree(files.directory().toFile())
                    .build();
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/shop.git";
    }

    /** Asks for this login from now on. */
    void login(String user, String password) {
        login = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Answers whoever has shown the login with an error that repeats all that the client said. */
    void echo() {
        echoing = true;
    }

    /** Leaves that request without an answer. */
    void hold(String request) {
        reached = new CountDownLatch(1);
        open = new CountDownLatch(1);
        held = request;
    }

    void awaitHeld() throws InterruptedException {
        if (!reached.await(Site.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked for " + held);
        }
    }

    void release() {
        held = "-";
        open.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.endsWith(held)) {
                reached.countDown();
                open.await();
            }
            var given = exchange.getRequestHeaders().getFirst("Authorization");
            if (!login.isEmpty() && !login.equals(given)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (echoing) {
                echo(exchange, given);
            } else if (path.endsWith(REFS)) {
                refs(exchange);
            } else {
                objects(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void echo(HttpExchange exchange, String authorization) throws IOException {
        var decoded = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
        var output = new PacketLineOut(begin(exchange, "application/x-git-upload-pack-advertisement"));
        output.writeString("# service=git-upload-pack\n");
        output.end();
        output.writeString("ERR you sent " + authorization + ", which is " + decoded + "\n");
        output.end();
    }

    private void refs(HttpExchange exchange) throws IOException {
        var output = new PacketLineOut(begin(exchange, "application/x-git-upload-pack-advertisement"));
        output.writeString("# service=git-upload-pack\n");
        output.end();
        var pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(output));
    }

    private void objects(HttpExchange exchange) throws IOException {
        var pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        var body = exchange.getRequestBody();
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        pack.upload(
                packed ? new GZIPInputStream(body) : body,
                begin(exchange, "application/x-git-upload-pack-result"),
                null);
    }

    private static java.io.OutputStream begin(HttpExchange exchange, String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
        repository.close();
    }
}
