package io.dokploy.core.acceptance;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One websocket through the front door to the test application, which echoes. */
final class WebSocketClient implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;

    WebSocketClient(int port, String host) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
        send("GET /ws HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no websocket: " + head);
        }
    }

    /** Sends a short text; gives what comes back. */
    String echo(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        // A final text frame under the mask 0, which leaves the bytes as they are.
        var frame = new byte[6 + bytes.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | bytes.length);
        System.arraycopy(bytes, 0, frame, 6, bytes.length);
        socket.getOutputStream().write(frame);
        in.readUnsignedByte();
        return new String(in.readNBytes(in.readUnsignedByte() & 0x7f), StandardCharsets.US_ASCII);
    }

    /** Waits until the other side ends the connection. */
    void awaitEnd() throws IOException {
        try {
            while (true) {
                in.readUnsignedByte();
            }
        } catch (EOFException e) {
            // That is it.
        }
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
