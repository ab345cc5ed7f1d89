package io.dokploy.core.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads a tar to its end, counts its entries, and knows whether that end is one: an engine may just stop. */
final class TarCheck {

    /** A tar ends with two blocks of zeros. */
    private static final int END = 1024;

    private TarCheck() {}

    /** @return the number of entries @throws IOException if it is cut off */
    static long entries(InputStream source) throws IOException {
        return entries(source, (entry, content) -> {});
    }

    /** Is told each entry; need not read its content. */
    interface EntryListener {
        void on(TarArchiveEntry entry, InputStream content) throws IOException;
    }

    /** The same; {@code listener} is told each entry. */
    static long entries(InputStream source, EntryListener listener) throws IOException {
        var tail = new Tail(source);
        long entries = 0;
        try {
            var tar = new TarArchiveInputStream(tail);
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                listener.on(entry, tar);
                entries++;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the tar is damaged: " + e.getMessage(), e);
        }
        tail.transferTo(java.io.OutputStream.nullOutputStream());
        if (tail.zeros < END) {
            throw new IOException("the tar is cut off");
        }
        return entries;
    }

    private static final class Tail extends FilterInputStream {
        private long zeros;

        Tail(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                zeros = b == 0 ? zeros + 1 : 0;
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            for (int i = 0; i < count; i++) {
                zeros = buffer[offset + i] == 0 ? zeros + 1 : 0;
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            var buffer = new byte[PartContent.BUFFER];
            long skipped = 0;
            for (int read = 0; skipped < count && read >= 0; skipped += Math.max(read, 0)) {
                read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            }
            return skipped;
        }
    }
}
