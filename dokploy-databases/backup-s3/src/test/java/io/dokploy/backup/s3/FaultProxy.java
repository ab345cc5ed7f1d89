package io.dokploy.backup.s3;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Stands between a client and an HTTP server, on loopback, and breaks what it is told to break. */
final class FaultProxy implements AutoCloseable {

    /**
     * A request as it began.
     *
     * @param line    method and target: {@code PUT /bucket/key}
     * @param headers as they were sent, in lower case
     * @param length  of the body
     */
    record Request(String line, String headers, long length) {
        static Request of(String head) {
            String line = head.substring(0, head.indexOf(" HTTP/1.1"));
            String headers = head.substring(head.indexOf("\r\n")).toLowerCase(Locale.ROOT);
            int length = headers.indexOf("\r\ncontent-length: ");
            return new Request(
                    line,
                    headers,
                    length < 0
                            ? 0
                            : Long.parseLong(headers.substring(length + 18, headers.indexOf("\r\n", length + 2))
                                    .strip()));
        }
    }

    private enum Kind {
        GONE,
        ANSWER,
        CUT_REQUEST,
        CUT_RESPONSE,
        SILENCE,
        SLOW
    }

    /** What goes wrong, with a number that each kind reads in its own way. */
    record Fault(Kind kind, long number, String code) {
        /** The connection ends, and the server never hears of the request. */
        static Fault gone() {
            return new Fault(Kind.GONE, 0, "");
        }

        static Fault answer(int status, String code) {
            return new Fault(Kind.ANSWER, status, code);
        }

        /** After so many bytes of the body. */
        static Fault cutRequest(long after) {
            return new Fault(Kind.CUT_REQUEST, after, "");
        }

        /** After so many bytes of the response, its head included. With 0 the work is done, and nobody hears of it. */
        static Fault cutResponse(long after) {
            return new Fault(Kind.CUT_RESPONSE, after, "");
        }

        static Fault silence() {
            return new Fault(Kind.SILENCE, 0, "");
        }

        /** That long for each buffer of 64 KiB. */
        static Fault slow(long millis) {
            return new Fault(Kind.SLOW, millis, "");
        }
    }

    private record Rule(Predicate<Request> matches, Fault fault, AtomicInteger left) {}

    private static final int BUFFER = 64 << 10;

    private final ServerSocket listener;
    private final URI server;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Closeable> sockets = new CopyOnWriteArrayList<>();

    private FaultProxy(URI server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    static FaultProxy to(URI server) throws IOException {
        return new FaultProxy(server);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** The next so many requests that match. */
    void breakNext(int times, Predicate<Request> matching, Fault fault) {
        rules.add(new Rule(matching, fault, new AtomicInteger(times)));
    }

    void breakAlways(Predicate<Request> matching, Fault fault) {
        breakNext(Integer.MAX_VALUE, matching, fault);
    }

    void heal() {
        rules.clear();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many faults that were ordered have not happened. */
    int left() {
        return rules.stream().mapToInt(rule -> rule.left().get()).sum();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Closeable socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            daemon(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        var responseLeft = new AtomicLong(Long.MAX_VALUE);
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            sockets.add(upstream);
            daemon(() -> relayResponses(upstream, client, responseLeft));
            while (true) {
                String head = head(client.getInputStream());
                if (head.isEmpty()) {
                    return;
                }
                Request request = Request.of(head);
                requests.add(request);
                Fault fault = faultFor(request);
                if (fault == null) {
                    upstream.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                    copy(client.getInputStream(), upstream.getOutputStream(), request.length(), 0);
                } else if (!serveBroken(fault, head, request, client, upstream, responseLeft)) {
                    return;
                }
            }
        }
    }

    /** Whether the connection lives on. */
    private static boolean serveBroken(
            Fault fault, String head, Request request, Socket client, Socket upstream, AtomicLong responseLeft)
            throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = upstream.getOutputStream();
        switch (fault.kind()) {
            case GONE -> {
                return false;
            }
            case ANSWER -> {
                if (!request.headers().contains("100-continue")) {
                    copy(in, OutputStream.nullOutputStream(), request.length(), 0);
                }
                String body =
                        "<Error><Code>%s</Code><Message>as the test wants</Message></Error>".formatted(fault.code());
                client.getOutputStream()
                        .write(
                                "HTTP/1.1 %d Fault\r\nContent-Length: %d\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n%s"
                                        .formatted(
                                                fault.number(),
                                                request.line().startsWith("HEAD ") ? 0 : body.length(),
                                                request.line().startsWith("HEAD ") ? "" : body)
                                        .getBytes(StandardCharsets.ISO_8859_1));
                return false;
            }
            case CUT_REQUEST -> {
                // The server may answer that its client went away.
                responseLeft.set(0);
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                copy(in, out, Math.min(fault.number(), request.length()), 0);
                return false;
            }
            case CUT_RESPONSE -> {
                responseLeft.set(fault.number());
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                copy(in, out, request.length(), 0);
                return true;
            }
            case SILENCE -> {
                copy(in, OutputStream.nullOutputStream(), Long.MAX_VALUE, 0);
                return false;
            }
            case SLOW -> {
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                copy(in, out, request.length(), TimeUnit.MILLISECONDS.toNanos(fault.number()));
                return true;
            }
        }
        throw new IllegalStateException();
    }

    private static void relayResponses(Socket upstream, Socket client, AtomicLong left) throws IOException {
        try (upstream;
                client) {
            var buffer = new byte[BUFFER];
            InputStream in = upstream.getInputStream();
            while (true) {
                int read = in.read(buffer);
                if (read < 0) {
                    return;
                }
                int allowed = (int) Math.min(read, left.getAndAdd(-read));
                client.getOutputStream().write(buffer, 0, Math.max(0, allowed));
                if (allowed < read) {
                    return;
                }
            }
        }
    }

    private Fault faultFor(Request request) {
        for (Rule rule : rules) {
            if (rule.matches().test(request) && rule.left().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return rule.fault();
            }
        }
        return null;
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, OutputStream out, long length, long pauseNanos) throws IOException {
        var buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
            if (read < 0) {
                throw new IOException("the client went away");
            }
            LockSupport.parkNanos(pauseNanos);
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One side went away, which is what this proxy is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
