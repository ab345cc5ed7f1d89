package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import java.util.Optional;

/**
 * A question of your own that a restored backup must answer before it counts as verified. The statement is given to the
 * engine's own client ({@code psql}, {@code mysql}, {@code redis-cli}), which must end well. It is kept as it is: no secrets.
 *
 * @param statement what the client reads
 * @param expected  a line that must be in its output, without the blanks around it; empty: ending well is enough
 */
@Experimental
public record CheckQuery(String statement, Optional<String> expected) {

    private static final int LONGEST = 64_000;

    public CheckQuery {
        expected = expected.map(String::strip);
        Problems.of("check query")
                .require(
                        !statement.isBlank() && statement.length() <= LONGEST,
                        "statement",
                        "must not be blank, nor longer than " + LONGEST + " characters")
                .require(
                        expected.map(line -> !line.isEmpty() && line.lines().count() == 1)
                                .orElse(true),
                        "expected",
                        "must be one line that is not blank")
                .throwIfAny();
    }

    /** The client must end well. */
    public static CheckQuery of(String statement) {
        return new CheckQuery(statement, Optional.empty());
    }

    /** The same; besides, that line must be in the output. */
    public CheckQuery expecting(String line) {
        return new CheckQuery(statement, Optional.of(line));
    }
}
