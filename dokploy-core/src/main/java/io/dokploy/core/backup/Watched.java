package io.dokploy.core.backup;

import io.dokploy.spi.CancelToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The content of an object, unpacked. What cannot be unpacked is damaged; what goes wrong is remembered, since whoever reads
 * it may wrap it in something else.
 */
final class Watched extends FilterInputStream {

    private final Function<IOException, RuntimeException> damaged;
    private final CancelToken cancelToken;
    private @Nullable Exception failure;

    /** @param damaged says of which object the content is damaged */
    Watched(InputStream content, CancelToken cancelToken, Function<IOException, RuntimeException> damaged) {
        super(content);
        this.cancelToken = cancelToken;
        this.damaged = damaged;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            cancelToken.throwIfCancelled();
            return in.read(buffer, offset, length);
        } catch (Fetched.Broken e) {
            failure = e;
            throw e;
        } catch (IOException e) {
            var told = damaged.apply(e);
            failure = told;
            throw told;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** The reader may close it; the rest is still read for its hash. */
    @Override
    public void close() {}

    /** Throws what went wrong, if something did. */
    void rethrow() throws IOException {
        if (failure instanceof IOException broken) {
            throw broken;
        }
        if (failure instanceof RuntimeException other) {
            throw other;
        }
    }
}
