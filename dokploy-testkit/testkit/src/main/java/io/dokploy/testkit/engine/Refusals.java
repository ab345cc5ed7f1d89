package io.dokploy.testkit.engine;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;

/** The errors that an engine answers with, in the words of this one. */
final class Refusals {

    private Refusals() {}

    static UserErrorException refused(String subject, String reason) {
        return new UserErrorException(Failure.user(
                "engine-refused", subject, "the engine refused: " + reason, "Change the request as the reason says."));
    }

    static NotFoundException missing(String kind, String name) {
        return new NotFoundException(
                kind + " " + name, "the engine has no " + kind + " of that name or id", "Look at what the engine has.");
    }

    static ImageNotFoundException missingImage(String reference) {
        return new ImageNotFoundException(
                "image " + reference, "it is neither on the engine nor where it was looked for", "Pull or build it.");
    }
}
