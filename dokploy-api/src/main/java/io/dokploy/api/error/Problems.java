package io.dokploy.api.error;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a value, so that one error tells all of it.
 *
 * <p>Not thread-safe: made, filled and asked in one constructor.
 */
public final class Problems {

    private final String subject;
    private final List<InvalidSpecException.Problem> found = new ArrayList<>();

    private Problems(String subject) {
        this.subject = subject;
    }

    /** A collection for {@code subject}, for example {@code application "shop"}. */
    public static Problems of(String subject) {
        return new Problems(subject);
    }

    /** Notes {@code reason} for {@code field} unless {@code holds}. */
    public Problems require(boolean holds, String field, String reason) {
        if (!holds) {
            add(field, reason);
        }
        return this;
    }

    /** Notes a problem. */
    public Problems add(String field, String reason) {
        found.add(new InvalidSpecException.Problem(field, reason));
        return this;
    }

    /** Takes over the problems of a part, below {@code prefix}. */
    public Problems addAll(String prefix, InvalidSpecException part) {
        part.problems().forEach(problem -> add(prefix + "." + problem.field(), problem.reason()));
        return this;
    }

    /** True if nothing was noted. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the collection.
     *
     * @throws InvalidSpecException with all that was noted, if anything was
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidSpecException(subject, found);
        }
    }
}
