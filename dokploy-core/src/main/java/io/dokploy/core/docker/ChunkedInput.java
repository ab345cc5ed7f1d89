package io.dokploy.core.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer with {@code Transfer-Encoding: chunked}. A connection that ends in the middle is an error. */
final class ChunkedInput extends InputStream {

    private static final int LONGEST_LINE = 8192;

    private final InputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(left, length));
        if (count < 0) {
            throw new EOFException("the engine ended the connection in the middle of its answer");
        }
        left -= count;
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (ended) {
            return false;
        }
        if (!first) {
            line(in);
        }
        first = false;
        String size = line(in).split(";", 2)[0].strip();
        try {
            left = Long.parseLong(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("the engine's answer has a chunk of size '" + size + "'", e);
        }
        if (left == 0) {
            ended = true;
            while (!line(in).isEmpty()) {
                // Trailers mean nothing to us.
            }
        }
        return !ended;
    }

    /** A line of a header, without its end. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the engine ended the connection before its answer");
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("the engine's answer has a header line without end");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
