package io.dokploy.core.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A way to an HTTP server on which each request has a connection of its own, and which gets worse when it is told to. */
final class UnsteadyNetwork implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final URI server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean refusing;
    private volatile long pauseNanos;

    UnsteadyNetwork(URI server) throws IOException {
        this.server = server;
        daemon(() -> {
            while (true) {
                var client = listener.accept();
                sockets.add(client);
                daemon(() -> serve(client));
            }
        });
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Each third request is refused, in turn because the server is busy and because it has failed; bytes come slowly. */
    void slowAndRefusing() {
        refusing = true;
        pauseNanos = 5_000_000;
    }

    /** The server is gone after that many more bytes to it. */
    void goneAfter(long bytes) {
        left.set(bytes);
    }

    void heal() {
        refusing = false;
        pauseNanos = 0;
        left.set(Long.MAX_VALUE);
    }

    int refusals() {
        return refusals.get();
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            String head = head(client.getInputStream());
            if (refusing && requests.incrementAndGet() % 3 == 0) {
                refuse(client.getOutputStream(), refusals.getAndIncrement() % 2 == 0);
            } else if (left.get() > 0) {
                try (var upstream = new Socket(server.getHost(), server.getPort())) {
                    sockets.add(upstream);
                    upstream.getOutputStream()
                            .write(head.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    daemon(() -> relay(client, upstream, left));
                    relay(upstream, client, new AtomicLong(Long.MAX_VALUE));
                }
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the client went away");
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1).replaceFirst("(?i)\r\nConnection: [^\r]*", "");
    }

    private static void refuse(OutputStream out, boolean busy) throws IOException {
        out.write(("HTTP/1.1 " + (busy ? "503 Slow Down" : "500 Internal Server Error")
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private void relay(Socket from, Socket to, AtomicLong allowed) throws IOException {
        var buffer = new byte[BUFFER];
        for (int count = from.getInputStream().read(buffer);
                count >= 0;
                count = from.getInputStream().read(buffer)) {
            LockSupport.parkNanos(pauseNanos);
            if (allowed.addAndGet(-count) <= 0) {
                from.close();
                to.close();
            }
            to.getOutputStream().write(buffer, 0, count);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
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
                // One side went away, which is what this is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
