package io.dokploy.api.release;

import java.util.List;
import java.util.Optional;

/**
 * What a deployment would do now.
 *
 * @param changes  one line each; empty if nothing would change
 * @param build    whether an image would be made
 * @param downtime why there would be a downtime, if there would
 * @param problems what would make it fail
 */
public record Plan(List<String> changes, boolean build, Optional<String> downtime, List<String> problems) {
    public Plan {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }
}
