package io.dokploy.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Asks a front door on loopback which version of the application answers. */
record FrontDoor(int port, String host) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int BETWEEN_MILLIS = 5;

    /** Returns as soon as that version answers. */
    void await(String version) {
        var begin = System.nanoTime();
        while (!answers(version)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException(host + " does not answer with version " + version);
            }
            try {
                Thread.sleep(BETWEEN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private boolean answers(String version) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var wanted = "x-version: " + version;
            for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                if (line.toLowerCase(Locale.ROOT).equals(wanted)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // nobody there yet
        }
    }
}
