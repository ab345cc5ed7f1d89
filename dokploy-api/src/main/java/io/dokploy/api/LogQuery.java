package io.dokploy.api;

import io.dokploy.api.error.Problems;
import io.dokploy.api.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which output to read.
 *
 * @param release of which release; default the live one
 * @param since   only what is newer
 * @param tail    only so many last lines of each container
 * @param follow  whether to go on with what comes
 */
public record LogQuery(Optional<ReleaseId> release, Optional<Instant> since, Optional<Integer> tail, boolean follow) {
    public LogQuery {
        var problems = Problems.of("log query");
        tail.ifPresent(lines -> problems.require(lines >= 0, "tail", "must not be negative"));
        problems.throwIfAny();
    }

    /** All that there is. */
    public static LogQuery all() {
        return new LogQuery(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** The last lines. */
    public static LogQuery last(int lines) {
        return all().tail(lines);
    }

    /** The same for that release. */
    public LogQuery release(ReleaseId id) {
        return new LogQuery(Optional.of(id), since, tail, follow);
    }

    /** The same, newer than that. */
    public LogQuery since(Instant time) {
        return new LogQuery(release, Optional.of(time), tail, follow);
    }

    /** The same, the last lines only. */
    public LogQuery tail(int lines) {
        return new LogQuery(release, since, Optional.of(lines), follow);
    }

    /** The same, going on with what comes. */
    public LogQuery following() {
        return new LogQuery(release, since, tail, true);
    }
}
