package io.dokploy.api.release;

import io.dokploy.api.OperationRecord;
import java.util.Optional;

/**
 * A line of an application's history.
 *
 * @param operation what was asked and what came of it
 * @param release   what it made live, if it did
 * @param commit    what it was about, if it is known
 * @param reason    why it was asked for
 */
public record Deployment(
        OperationRecord operation, Optional<ReleaseId> release, Optional<Release.Commit> commit, String reason) {}
