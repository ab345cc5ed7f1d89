package io.dokploy.core.backup;

import io.dokploy.core.database.EngineSession;
import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Content on its way into a tool of a database's engine.
 *
 * @param content all that the tool is given
 * @param key     of the object that it comes from
 */
record ToolInput(InputStream content, String key) {

    private static final Duration LONGEST = Duration.ofHours(12);

    /** Looks whether what was read is the whole object. */
    interface Whole {
        void require() throws IOException;
    }

    /**
     * Gives all of it to the tool and waits for its end.
     *
     * @param whole is asked when the tool has taken all, before its end is waited for
     * @throws io.dokploy.api.error.DokployException if the tool fails
     */
    void feed(EngineSession tool, CancelToken cancelToken, Whole whole) throws IOException {
        try (var cancelled = cancelToken.onCancel(tool::close)) {
            boolean taken = pump(tool, cancelToken);
            if (taken) {
                whole.require();
            }
            tool.requireSuccess(LONGEST);
            if (!taken) {
                throw new IOException("the tool ended well, but without reading all of " + key);
            }
        }
    }

    /** @return whether it took all; if not, its own words say why */
    private boolean pump(EngineSession tool, CancelToken cancelToken) throws IOException {
        var buffer = new byte[PartContent.BUFFER];
        try (OutputStream input = tool.input()) {
            while (true) {
                cancelToken.throwIfCancelled();
                int count = content.read(buffer);
                if (count < 0) {
                    return true;
                }
                try {
                    input.write(buffer, 0, count);
                } catch (IOException e) {
                    return false;
                }
            }
        }
    }
}
