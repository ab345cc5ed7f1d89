package io.dokploy.core.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Git over http on loopback with {@code git http-backend}, and beside each repository an LFS server whose behaviour the
 * test chooses. Remembers who asked with which Authorization.
 */
final class TestGitServer implements AutoCloseable {

    private static final Pattern OID = Pattern.compile("\"oid\" *: *\"([0-9a-f]{64})\"");

    /** How the LFS server answers for a file. */
    enum Lfs {
        GOOD,
        WRONG_CONTENT,
        TOO_LONG,
        ENDS_EARLY,
        STALLS,
        FAILS,
        REFUSES,
        NOT_JSON,
        STRANGE_ADDRESS,
        STRANGE_HEADER,
        FORGETS
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path repositories;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile Optional<String> required = Optional.empty();
    private volatile Optional<String> redirect = Optional.empty();
    private volatile Optional<TestGitServer> storage = Optional.empty();
    private volatile Lfs lfs = Lfs.GOOD;

    /** Serves the repositories in a directory. */
    TestGitServer(Path repositories) {
        this.repositories = repositories;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    TestGitServer requires(String user, String password) {
        required = Optional.of("Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
        return this;
    }

    TestGitServer redirectsTo(TestGitServer other) {
        redirect = Optional.of(other.url(""));
        return this;
    }

    TestGitServer lfs(Lfs behaviour) {
        lfs = behaviour;
        return this;
    }

    /** LFS files are named there instead of here. */
    TestGitServer storesFilesAt(TestGitServer other) {
        storage = Optional.of(other);
        return this;
    }

    /** Keeps an LFS file and returns the pointer that stands in the repository. */
    String store(byte[] content) {
        String oid =
                HexFormat.of().formatHex(io.dokploy.core.tree.TreeHash.sha256().digest(content));
        files.put(oid, content);
        return "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize " + content.length + "\n";
    }

    /** The Authorization of each request, empty for none. */
    List<String> authorizations() {
        return authorizations;
    }

    /** How many bytes of Git it has sent so far. */
    long sent() {
        return sent.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            authorizations.add(authorization == null ? "" : authorization);
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/files/")) {
                file(exchange, path.substring("/files/".length()));
            } else if (required.isPresent() && !required.get().equals(authorization)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (redirect.isPresent()) {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                redirect.get()
                                        + exchange.getRequestURI().toString().substring(1));
                exchange.sendResponseHeaders(302, -1);
            } else if (path.endsWith("/info/lfs/objects/batch")) {
                batch(exchange);
            } else {
                git(exchange);
            }
        }
    }

    private void batch(HttpExchange exchange) throws IOException {
        var asked = OID.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        if (lfs == Lfs.REFUSES || lfs == Lfs.FAILS) {
            exchange.sendResponseHeaders(lfs == Lfs.REFUSES ? 403 : 500, -1);
            return;
        }
        var holder = storage.orElse(this);
        var objects = new StringBuilder();
        while (asked.find()) {
            String oid = asked.group(1);
            objects.append(objects.isEmpty() ? "" : ",")
                    .append("{\"oid\":\"")
                    .append(oid)
                    .append("\",");
            if (!holder.files.containsKey(oid)) {
                objects.append("\"error\":{\"code\":404,\"message\":\"no such object\"}}");
                continue;
            }
            String href = lfs == Lfs.STRANGE_ADDRESS ? "http://a b\\n/" : holder.url("files/" + oid);
            objects.append("\"actions\":{\"download\":{\"href\":\"")
                    .append(href)
                    .append("\",\"header\":{");
            objects.append(lfs == Lfs.STRANGE_HEADER ? "\"a b\":\"x\\ny\"" : "\"X-Ticket\":\"7\"")
                    .append("}}}}");
        }
        byte[] body = (lfs == Lfs.NOT_JSON ? "<html>" : "{\"objects\":[" + (lfs == Lfs.FORGETS ? "" : objects) + "]}")
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void file(HttpExchange exchange, String oid) throws IOException {
        byte[] content = files.get(oid);
        switch (lfs) {
            case WRONG_CONTENT -> content = new byte[content.length];
            case TOO_LONG -> content = java.util.Arrays.copyOf(content, content.length + 1);
            default -> {}
        }
        boolean half = lfs == Lfs.ENDS_EARLY || lfs == Lfs.STALLS;
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, half ? content.length / 2 : content.length);
        if (lfs == Lfs.STALLS) {
            exchange.getResponseBody().flush();
            awaitEnd();
        }
    }

    /** Until the server is closed. */
    private static void awaitEnd() throws IOException {
        try {
            new java.util.concurrent.CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IOException("closed", e);
        }
    }

    private void git(HttpExchange exchange) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        var uri = exchange.getRequestURI();
        builder.environment()
                .putAll(Map.of(
                        "GIT_PROJECT_ROOT", repositories.toString(),
                        "GIT_HTTP_EXPORT_ALL", "1",
                        "GIT_CONFIG_COUNT", "1",
                        "GIT_CONFIG_KEY_0", "uploadpack.allowAnySHA1InWant",
                        "GIT_CONFIG_VALUE_0", "true",
                        "REQUEST_METHOD", exchange.getRequestMethod(),
                        "PATH_INFO", uri.getPath(),
                        "QUERY_STRING", uri.getQuery() == null ? "" : uri.getQuery(),
                        "REMOTE_ADDR", "127.0.0.1"));
        header(exchange, "Content-Type", "CONTENT_TYPE", builder.environment());
        header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", builder.environment());
        header(exchange, "Git-Protocol", "GIT_PROTOCOL", builder.environment());
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        try (InputStream out = process.getInputStream()) {
            int status = 200;
            for (String line = line(out); !line.isEmpty(); line = line(out)) {
                String[] parts = line.split(": ", 2);
                if (parts[0].equals("Status")) {
                    status = Integer.parseInt(parts[1].substring(0, 3));
                } else {
                    exchange.getResponseHeaders().set(parts[0], parts[1]);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            sent.addAndGet(out.transferTo(exchange.getResponseBody()));
        }
    }

    private static void header(HttpExchange exchange, String header, String variable, Map<String, String> to) {
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(header)).ifPresent(value -> to.put(variable, value));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
