package io.dokploy.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A command that runs inside a container. Its outputs are read as they come: both must be read (or one drained by
 * another thread), since a full one stops the other. Closing the session cuts the streams.
 */
public interface ExecSession extends AutoCloseable {

    /** The command's input; closing it is the end of file that the command sees. Empty if none was asked for. */
    OutputStream stdin();

    /** The command's standard output. */
    InputStream stdout();

    /** The command's standard error. */
    InputStream stderr();

    /**
     * Waits for the end.
     *
     * @return the exit code
     * @throws io.dokploy.api.error.DeadlineException if it has not ended by then
     */
    int awaitExit(Duration timeout);

    @Override
    void close();
}
