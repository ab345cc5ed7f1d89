package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import java.time.Instant;

/**
 * A stretch of a database's log, in segments. Of a base, it is what must be recovered before the base is consistent.
 *
 * @param history which log it is: segments of different histories have nothing to do with each other. Each generation of
 *                a database has its own
 * @param first   name of its first segment
 * @param last    name of its last segment
 * @param until   with all segments up to the last one, what was committed before that time of the server's clock can be
 *                recovered; of a base, what can be recovered begins there
 */
@Experimental
public record LogSpan(String history, String first, String last, Instant until) {}
