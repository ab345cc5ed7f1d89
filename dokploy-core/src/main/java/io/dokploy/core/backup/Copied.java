package io.dokploy.core.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes all that is read to another stream, too. */
final class Copied extends FilterInputStream {
    private final OutputStream copy;
    private boolean taken = true;

    Copied(InputStream source, OutputStream copy) {
        super(source);
        this.copy = copy;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count > 0) {
            taken = false;
            copy.write(buffer, offset, count);
            taken = true;
        }
        return count;
    }

    /** Whether the other stream has taken all of it: then what fails is the source. */
    boolean isTaken() {
        return taken;
    }
}
