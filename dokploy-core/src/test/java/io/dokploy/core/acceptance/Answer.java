package io.dokploy.core.acceptance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What loopback answered to one request, by a connection of its own.
 *
 * @param status  HTTP status, 0 if there was no answer
 * @param version of the test application, empty if it was not the test application
 * @param body    the content, or why there was no answer
 */
record Answer(int status, String version, String body) {

    private static final int TIMEOUT_MILLIS = 10_000;

    static Answer get(int port, String host, String path) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            var request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Answer(0, "", e.toString());
        }
    }

    private static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, "", "no answer: " + text);
        }
        var head = text.substring(0, end);
        var version = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("x-version:"))
                .map(line -> line.substring(10).strip())
                .findFirst()
                .orElse("");
        return new Answer(
                Integer.parseInt(head.substring(9, 12)),
                version,
                text.substring(end + 4).strip());
    }
}
