package io.dokploy.api;

import io.dokploy.api.error.Problems;

/**
 * Who asks. Kept with every operation and event; what it may do is the host's business, see {@link Authorizer}.
 *
 * @param name any text of 1 to 200 characters: a user id, {@code ci}, {@code webhook}
 */
public record Actor(String name) {
    public Actor {
        Problems.of("actor")
                .require(!name.isBlank() && name.length() <= 200, "name", "must be 1 to 200 characters")
                .throwIfAny();
    }

    /** That name. */
    public static Actor of(String name) {
        return new Actor(name);
    }

    /** The library itself: what it does by schedule or repair. */
    public static Actor system() {
        return new Actor("system");
    }
}
