package io.dokploy.core.docker;

import io.dokploy.api.LogLine;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The engine's multiplexed output: each frame has 8 bytes before it, the stream's number, three zeros and the length as
 * a big-endian number (Engine API, "Attach to a container", stream format).
 */
final class Frames {

    /** Some bytes of one stream. */
    record Frame(LogLine.Stream stream, byte[] bytes) {}

    private static final int LARGEST = 64 * 1024;

    private final InputStream in;
    private int left;
    private LogLine.Stream stream = LogLine.Stream.STDOUT;

    Frames(InputStream in) {
        this.in = in;
    }

    /** The next frame, or a part of it if it is large; null at the end. */
    @Nullable
    Frame next() throws IOException {
        while (left == 0) {
            var header = in.readNBytes(8);
            if (header.length == 0) {
                return null;
            }
            if (header.length < 8) {
                throw new EOFException("the engine's output ended within a frame");
            }
            stream = header[0] == 2 ? LogLine.Stream.STDERR : LogLine.Stream.STDOUT;
            left = (header[4] & 0xff) << 24 | (header[5] & 0xff) << 16 | (header[6] & 0xff) << 8 | header[7] & 0xff;
        }
        var bytes = in.readNBytes(Math.min(left, LARGEST));
        if (bytes.length == 0) {
            throw new EOFException("the engine's output ended within a frame");
        }
        left -= bytes.length;
        return new Frame(stream, bytes);
    }
}
