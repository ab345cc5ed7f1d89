package io.dokploy.core.backup;

import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What becomes a part of a backup: the output of a dump tool, a volume's files, the rows of the store. */
@FunctionalInterface
interface PartContent {

    int BUFFER = 128 * 1024;

    /** Writes all of it, or throws: what ends early must never look like the whole. */
    void writeTo(OutputStream stream) throws IOException;

    /** All of {@code source}, as long as nobody cancels. */
    static void copy(InputStream source, OutputStream target, CancelToken cancelToken) throws IOException {
        var buffer = new byte[BUFFER];
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
            cancelToken.throwIfCancelled();
            target.write(buffer, 0, count);
        }
    }
}
