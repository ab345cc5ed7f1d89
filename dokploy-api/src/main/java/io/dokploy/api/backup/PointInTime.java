package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ResourceName;
import java.time.Instant;
import java.util.Optional;

/**
 * A moment that a database is brought back to: exactly one of the two is given.
 *
 * @param time of the database server's clock; what was committed until then is there
 * @param name that was given to a moment
 */
@Experimental
public record PointInTime(Optional<Instant> time, Optional<String> name) {
    public PointInTime {
        var problems = Problems.of("point in time");
        problems.require(time.isPresent() != name.isPresent(), "time", "either a time or a name must be given");
        name.ifPresent(text -> ResourceName.check(problems, "name", text));
        problems.throwIfAny();
    }

    /** What was committed until then. */
    public static PointInTime at(Instant time) {
        return new PointInTime(Optional.of(time), Optional.empty());
    }

    /** The moment of that name. */
    public static PointInTime named(String name) {
        return new PointInTime(Optional.empty(), Optional.of(name));
    }

    @Override
    public String toString() {
        return time.map(Instant::toString).orElseGet(() -> "\"" + name.orElseThrow() + "\"");
    }
}
