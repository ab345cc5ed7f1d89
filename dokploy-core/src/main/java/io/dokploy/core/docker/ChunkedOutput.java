package io.dokploy.core.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The body of a request with {@code Transfer-Encoding: chunked}. Closing it ends the body, not the connection. */
final class ChunkedOutput extends OutputStream {

    private static final byte[] LINE_END = {'\r', '\n'};

    private final OutputStream out;

    /** Each write becomes a chunk, so writes should be large. */
    ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            out.write(Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII));
            out.write(LINE_END);
            out.write(bytes, offset, length);
            out.write(LINE_END);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
