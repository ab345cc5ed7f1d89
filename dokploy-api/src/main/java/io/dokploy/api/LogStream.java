package io.dokploy.api;

import java.util.Iterator;

/**
 * Lines that come one by one; {@code hasNext} waits for the next one while following. For one thread; {@link #close()}
 * may be called by any, and ends a waiting reader.
 */
public interface LogStream extends Iterator<LogLine>, AutoCloseable {
    @Override
    void close();
}
