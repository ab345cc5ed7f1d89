package io.dokploy.core.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request that has been sent and whose answer is still to come. */
final class OpenRequest implements AutoCloseable {

    private final Socket socket;

    private OpenRequest(Socket socket) {
        this.socket = socket;
    }

    static OpenRequest to(int port, String host, String path) throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new OpenRequest(socket);
    }

    /** The first line of the answer, when it comes. */
    String status() throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
