package io.dokploy.core.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An object as it comes from its place; tells the place's failures from damaged content. */
final class Fetched extends FilterInputStream {

    Fetched(InputStream source) {
        super(source);
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    /** The place failed while it was read. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
