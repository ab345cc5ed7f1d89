package io.dokploy.api;

import java.time.Instant;

/**
 * A line of a container's output.
 *
 * @param time      when the engine got it
 * @param container its name
 * @param stream    where it was written to
 * @param text      without line end; bytes that are not UTF-8 are replaced
 */
public record LogLine(Instant time, String container, Stream stream, String text) {

    /** The two outputs of a process. */
    public enum Stream {
        /** Standard output. */
        STDOUT,
        /** Standard error. */
        STDERR
    }
}
