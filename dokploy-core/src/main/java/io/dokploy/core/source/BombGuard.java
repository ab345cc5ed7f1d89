package io.dokploy.core.source;

import io.dokploy.api.error.UnsafeSourceException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops reading when an archive grows out of all proportion to its size. */
final class BombGuard {

    private static final long HARMLESS = 64L << 20;
    private static final long MOST_TIMES = 200;

    private final long most;
    private final String subject;
    private long read;

    BombGuard(long archiveSize, String subject) {
        this.most = Math.max(HARMLESS, archiveSize * MOST_TIMES);
        this.subject = subject;
    }

    /** Counts what is read from {@code unpacked}. */
    InputStream watch(InputStream unpacked) {
        return new FilterInputStream(unpacked) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                count(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int n = super.read(bytes, offset, length);
                count(Math.max(n, 0));
                return n;
            }
        };
    }

    private void count(int bytes) {
        read += bytes;
        if (read > most) {
            throw new UnsafeSourceException(
                    subject,
                    "it unpacks to more than " + MOST_TIMES + " times its size, as only a bomb does",
                    "Take out what is that large, or use another kind of source.");
        }
    }
}
