package io.dokploy.core.traefik;

import io.dokploy.spi.CancelToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One GET on a connection of its own, to an address of our choice with a Host header of our choice: java.net.http
 * allows no such header without a system property, which is not ours to set. Redirects are not followed.
 */
final class HttpGet {

    private static final int HEAD_LIMIT = 64 * 1024;
    private static final int BODY_LIMIT = 32 * 1024 * 1024;

    private final InetSocketAddress address;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Duration timeout = Duration.ofSeconds(5);
    private @Nullable String tlsHost;

    /**
     * What came back.
     *
     * @param status of the answer
     * @param body   empty unless it was asked for
     */
    record Response(int status, String body) {}

    private HttpGet(InetSocketAddress address) {
        this.address = address;
        headers.put("User-Agent", "Dokploy");
        headers.put("Accept", "*/*");
    }

    static HttpGet to(InetSocketAddress address) {
        return new HttpGet(address);
    }

    /** Over TLS, asking for the certificate of that host, and taking any. */
    HttpGet tls(String host) {
        tlsHost = host;
        return this;
    }

    HttpGet header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** For the whole exchange. */
    HttpGet timeout(Duration newTimeout) {
        timeout = newTimeout;
        return this;
    }

    /** Asks, and reads the status only. */
    Response status(String path, CancelToken cancelToken) throws IOException {
        return exchange(path, "1.1", false, cancelToken);
    }

    /** Asks, and reads the body too; by HTTP 1.0, where it ends with the connection. */
    Response body(String path, CancelToken cancelToken) throws IOException {
        return exchange(path, "1.0", true, cancelToken);
    }

    private Response exchange(String path, String version, boolean withBody, CancelToken cancelToken)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Socket plain = new Socket();
                var cancelled = cancelToken.onCancel(() -> close(plain))) {
            plain.connect(address, remaining(deadline));
            plain.setTcpNoDelay(true);
            Socket socket = tlsHost == null ? plain : AnyCertificate.handshake(plain, tlsHost, remaining(deadline));
            var request = new StringBuilder("GET " + path + " HTTP/" + version + "\r\n");
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            request.append("Connection: close\r\n\r\n");
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            var received = new ByteArrayOutputStream();
            int end;
            while ((end = headEnd(received)) < 0) {
                if (received.size() > HEAD_LIMIT || !read(socket, in, received, deadline)) {
                    throw new IOException("the connection ended without an answer");
                }
            }
            int status = statusOf(received.toString(StandardCharsets.ISO_8859_1));
            if (!withBody) {
                return new Response(status, "");
            }
            while (received.size() < BODY_LIMIT && read(socket, in, received, deadline)) {
                cancelToken.throwIfCancelled();
            }
            byte[] all = received.toByteArray();
            return new Response(status, new String(all, end, all.length - end, StandardCharsets.UTF_8));
        }
    }

    private static boolean read(Socket socket, InputStream in, ByteArrayOutputStream received, long deadline)
            throws IOException {
        socket.setSoTimeout(remaining(deadline));
        byte[] block = new byte[8192];
        int n = in.read(block);
        if (n > 0) {
            received.write(block, 0, n);
        }
        return n >= 0;
    }

    private static int headEnd(ByteArrayOutputStream received) {
        int end = received.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return end < 0 ? -1 : end + 4;
    }

    private static int statusOf(String answer) throws IOException {
        if (!answer.matches("(?s)HTTP/1\\.[01] [1-9][0-9]{2}.*")) {
            throw new IOException("the answer is not HTTP");
        }
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static int remaining(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone, which is what was wanted
        }
    }
}
