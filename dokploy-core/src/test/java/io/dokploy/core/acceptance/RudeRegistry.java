package io.dokploy.core.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An image registry on loopback that asks for a login, refuses it, and repeats it in its error. */
final class RudeRegistry implements AutoCloseable {

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket server;
    private final Set<String> logins = ConcurrentHashMap.newKeySet();

    RudeRegistry() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new Thread(this::serve, "rude-registry").start();
    }

    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What clients have shown. */
    Set<String> logins() {
        return logins;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                answer(socket);
            } catch (IOException e) {
                // The client has gone, or the test is over.
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        var in = new PushbackInputStream(socket.getInputStream());
        int first = in.read();
        if (first == TLS_HANDSHAKE) {
            // From this answer clients learn that it speaks plain HTTP.
            send(socket, "400 Bad Request", "", "");
            return;
        }
        in.unread(first);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        var login = "";
        for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            if (line.startsWith("Authorization: Basic ")) {
                login = line.substring("Authorization: Basic ".length());
            }
        }
        if (login.isEmpty()) {
            send(socket, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"registry\"\r\n", "");
        } else {
            logins.add(login);
            var plain = new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8);
            send(
                    socket,
                    "403 Forbidden",
                    "Content-Type: application/json\r\n",
                    "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"you sent " + login + ", which is " + plain
                            + "\"}]}");
        }
    }

    private static void send(Socket socket, String status, String headers, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nDocker-Distribution-Api-Version: registry/2.0\r\n" + headers
                                + "Content-Length: " + bytes.length + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write(bytes);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
