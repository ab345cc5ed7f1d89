package io.dokploy.core.store;

import io.dokploy.api.Actor;
import io.dokploy.api.value.Tree;
import java.time.Duration;
import java.util.Optional;

/**
 * An operation that is asked for.
 *
 * @param kind           {@code deploy}
 * @param lane           one runs at a time in each
 * @param subject        on what
 * @param actor          who asks
 * @param reason         why
 * @param arguments      for its handler
 * @param resultType     the class of its result, by name
 * @param supersedes     whether it takes the place of waiting ones of its kind in its lane
 * @param idempotencyKey the second request with it in its lane and kind is the first one
 * @param deadline       for the work, from its start
 */
public record NewOperation(
        String kind,
        String lane,
        String subject,
        Actor actor,
        String reason,
        Tree.Branch arguments,
        String resultType,
        boolean supersedes,
        Optional<String> idempotencyKey,
        Duration deadline) {}
