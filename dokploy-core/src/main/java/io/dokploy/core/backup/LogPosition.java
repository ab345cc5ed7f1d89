package io.dokploy.core.backup;

import java.time.Instant;

/**
 * Where the log of a server is.
 *
 * @param segment that is written, or was closed
 * @param time    of the server's clock
 */
record LogPosition(String segment, Instant time) {

    /** Reads what an engine prints: a segment, a tab, a time. */
    static LogPosition parse(String line) {
        var fields = line.strip().split("\t");
        if (fields.length != 2) {
            throw new IllegalArgumentException("not a segment, a tab and a time: " + line);
        }
        return new LogPosition(fields[0], Instant.parse(fields[1]));
    }
}
