package io.dokploy.core.docker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request and its answer, as HTTP/1.1, on a connection of its own. */
final class HttpExchange {

    private static final int BUFFER = 1 << 16;

    private final EngineConnection connection;
    private final InputStream in;
    private boolean refused;

    HttpExchange(EngineConnection connection) {
        this.connection = connection;
        this.in = new BufferedInputStream(connection.in(), BUFFER);
    }

    /** Sends the request and reads the head of the answer. The answer's closing calls {@code onClose}. */
    EngineResponse send(String version, EngineRequest request, Closeable onClose) throws IOException {
        try {
            write(version, request);
        } catch (IOException e) {
            if (!refused) {
                // The content itself failed, and the engine waits for more of it.
                throw e;
            }
            // The engine answers a body that it does not want before it has read it: its answer says why.
            return answerDespite(e, onClose);
        }
        return readAnswer(onClose);
    }

    private EngineResponse answerDespite(IOException problem, Closeable onClose) throws IOException {
        try {
            EngineResponse response = readAnswer(onClose);
            if (response.isError()) {
                return response;
            }
        } catch (IOException none) {
            problem.addSuppressed(none);
        }
        throw problem;
    }

    private void write(String version, EngineRequest request) throws IOException {
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(version)
                .append(request.path())
                .append(" HTTP/1.1\r\nHost: docker\r\nUser-Agent: dokploy\r\n");
        if (!request.headers().containsKey("Connection")) {
            head.append("Connection: close\r\n");
        }
        request.headers()
                .forEach((name, value) -> head.append(name)
                        .append(": ")
                        .append(value.replaceAll("[\r\n]", ""))
                        .append("\r\n"));
        OutputStream out = new BufferedOutputStream(new Sent(connection.out()), BUFFER);
        if (request.body() instanceof EngineRequest.Bytes bytes) {
            if (!bytes.type().isEmpty()) {
                head.append("Content-Type: ").append(bytes.type()).append("\r\n");
            }
            head.append("Content-Length: ").append(bytes.bytes().length).append("\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            out.write(bytes.bytes());
        } else if (request.body() instanceof EngineRequest.Stream stream) {
            head.append("Content-Type: ").append(stream.type()).append("\r\nTransfer-Encoding: chunked\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            // A body that breaks off must not look complete, so it is ended only when all of it was written.
            ChunkedOutput chunks = new ChunkedOutput(out);
            OutputStream buffered = new BufferedOutputStream(chunks, BUFFER);
            stream.content().writeTo(buffered);
            buffered.flush();
            chunks.close();
        }
        out.flush();
    }

    private EngineResponse readAnswer(Closeable onClose) throws IOException {
        String statusLine = ChunkedInput.line(in);
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[0-9]{3}")) {
            throw new IOException("what answers is no engine: " + statusLine);
        }
        int status = Integer.parseInt(parts[1]);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = ChunkedInput.line(in); !line.isEmpty(); line = ChunkedInput.line(in)) {
            String[] header = line.split(":", 2);
            headers.computeIfAbsent(header[0].toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(header.length > 1 ? header[1].strip() : "");
        }
        return new EngineResponse(status, headers, body(status, headers), onClose);
    }

    private InputStream body(int status, Map<String, List<String>> headers) {
        if (status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return new ChunkedInput(in);
        }
        List<String> length = headers.getOrDefault("content-length", List.of());
        return length.isEmpty() ? in : new Limited(in, Long.parseLong(length.get(0)));
    }

    /** What the engine is sent; remembers when it takes no more. */
    private final class Sent extends FilterOutputStream {

        Sent(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                refused = true;
                throw e;
            }
        }
    }

    /** A body of known length. */
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(left, length));
            if (count < 0) {
                throw new EOFException("the engine ended the connection in the middle of its answer");
            }
            left -= count;
            return count;
        }
    }
}
