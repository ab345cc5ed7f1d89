package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import java.util.regex.Pattern;

/**
 * A script that the engine's image runs once, when it makes the data directory.
 *
 * @param name    file name; scripts run in the order of their names, and its ending says what it is: {@code 10-users.sql}
 * @param content text
 */
@Experimental
public record InitScript(String name, String content) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public InitScript {
        Problems.of("init script")
                .require(NAME.matcher(name).matches(), "name", "must be a plain file name such as 10-users.sql")
                .throwIfAny();
    }
}
