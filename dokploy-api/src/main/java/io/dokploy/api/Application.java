package io.dokploy.api;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;

/**
 * An application as it is kept.
 *
 * @param id          never changes, never used again
 * @param project     the project's name
 * @param environment the environment's name
 * @param spec        as last created or updated
 * @param version     counts its changes; needed for an update
 * @param live        the release that serves, if one does
 * @param stopped     whether it was stopped on purpose
 * @param created     when
 */
public record Application(
        ApplicationId id,
        String project,
        String environment,
        ApplicationSpec spec,
        long version,
        Optional<ReleaseId> live,
        boolean stopped,
        Instant created) {

    /** Its name. */
    public String name() {
        return spec.name();
    }
}
