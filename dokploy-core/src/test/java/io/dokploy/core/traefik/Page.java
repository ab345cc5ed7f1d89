package io.dokploy.core.traefik;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What a browser gets: it connects to loopback whatever the host's name is, sends that name, and follows no redirect.
 *
 * @param status      of the answer
 * @param headers     by name in lower case; the last of equal ones
 * @param body        as text
 * @param certificate that was shown, over HTTPS
 */
record Page(
        int status,
        Map<String, String> headers,
        String body,
        @Nullable X509Certificate certificate) {

    private static final int TIMEOUT_MILLIS = 10_000;

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** One request in the making. */
    static final class Request {
        private final int port;
        private final boolean https;
        private final String host;
        private final Map<String, String> headers = new LinkedHashMap<>();

        Request(int port, boolean https, String host) {
            this.port = port;
            this.https = https;
            this.host = host;
        }

        Request header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Page get(String path) throws IOException {
            try (Socket plain = new Socket()) {
                plain.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
                plain.setSoTimeout(TIMEOUT_MILLIS);
                if (!https) {
                    return exchange(plain, path, null);
                }
                try (SSLSocket secure = AnyCertificate.handshake(plain, host, TIMEOUT_MILLIS)) {
                    return exchange(
                            secure, path, (X509Certificate) secure.getSession().getPeerCertificates()[0]);
                }
            }
        }

        /** By HTTP 1.0, where the body ends with the connection. */
        private Page exchange(Socket socket, String path, @Nullable X509Certificate certificate) throws IOException {
            var request = new StringBuilder("GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n");
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
            return parse(socket.getInputStream().readAllBytes(), certificate);
        }

        private static Page parse(byte[] answer, @Nullable X509Certificate certificate) throws IOException {
            var in = new ByteArrayInputStream(answer);
            String[] status = line(in).split(" ");
            var headers = new TreeMap<String, String>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Page(Integer.parseInt(status[1]), headers, body, certificate);
        }

        private static String line(InputStream in) throws IOException {
            var line = new ByteArrayOutputStream();
            for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
                if (c != '\r') {
                    line.write(c);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        }
    }
}
