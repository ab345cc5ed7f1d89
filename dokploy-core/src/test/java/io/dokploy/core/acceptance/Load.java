package io.dokploy.core.acceptance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that ask loopback for a host all the time: half of them keep their connection, half open one for each request;
 * GET and POST; one in ten requests is answered after two seconds. A request fails if its answer is anything but the
 * expected one: another status, a reset, a time-out. Nothing is retried.
 */
final class Load implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final int port;
    private final String host;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private volatile boolean enough;

    Load(int port, String host) {
        this.port = port;
        this.host = host;
    }

    /** Starts that many clients. */
    Load with(int connections) {
        return with(connections, 10);
    }

    /** Starts that many clients; one request in {@code slowEvery} takes two seconds, none if it is 0. */
    Load with(int connections, int slowEvery) {
        for (int i = 0; i < connections; i++) {
            boolean keepAlive = i % 2 == 0;
            var client = new Client(i, keepAlive, slowEvery);
            var thread = new Thread(client::run, "load-" + i);
            threads.add(thread);
            thread.start();
        }
        return this;
    }

    long requests() {
        return requests.get();
    }

    /** What failed, with its number. */
    Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    /** The versions that answered, with the number of their answers. */
    Map<String, Integer> versions() {
        return Map.copyOf(versions);
    }

    /** Lets running requests end. */
    @Override
    public void close() throws InterruptedException {
        enough = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private final class Client {
        private final int number;
        private final boolean keepAlive;
        private final int slowEvery;
        private Socket socket;
        private InputStream in;

        Client(int number, boolean keepAlive, int slowEvery) {
            this.number = number;
            this.keepAlive = keepAlive;
            this.slowEvery = slowEvery;
        }

        void run() {
            for (int round = number; !enough; round++) {
                boolean slow = slowEvery > 0 && round % slowEvery == 0;
                boolean post = round % 3 == 0 && !slow;
                var what = slow ? "GET slow" : post ? "POST" : "GET";
                try {
                    if (socket == null) {
                        connect();
                    }
                    ask(slow ? "/slow?ms=2000" : post ? "/echo" : "/", post, round);
                } catch (IOException e) {
                    failures.merge(what + ": " + e, 1, Integer::sum);
                    drop();
                }
                requests.incrementAndGet();
                if (!keepAlive) {
                    drop();
                }
            }
            drop();
        }

        private void connect() throws IOException {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }

        private void drop() {
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException e) {
                    failures.merge("close: " + e, 1, Integer::sum);
                }
                socket = null;
            }
        }

        private void ask(String path, boolean post, int round) throws IOException {
            var body = post ? "round " + round : "";
            var request = (post ? "POST " : "GET ") + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                    + (post ? "Content-Length: " + body.length() + "\r\n" : "")
                    + (keepAlive ? "" : "Connection: close\r\n")
                    + "\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var status = line();
            int length = -1;
            for (var header = line(); !header.isEmpty(); header = line()) {
                var lower = header.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).strip());
                } else if (lower.startsWith("x-version:")) {
                    versions.merge(header.substring(10).strip(), 1, Integer::sum);
                }
            }
            if (length < 0) {
                throw new IOException("no content length in the answer " + status);
            }
            var answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException("answered " + status + " " + answer.strip());
            }
            if (post && !answer.equals(body)) {
                throw new IOException("echoed " + answer + " instead of " + body);
            }
        }

        private String line() throws IOException {
            var bytes = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("the connection ended before the answer");
                }
                if (b != '\r') {
                    bytes.write(b);
                }
            }
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
