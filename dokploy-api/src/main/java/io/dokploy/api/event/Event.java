package io.dokploy.api.event;

import io.dokploy.api.Actor;
import io.dokploy.api.OperationId;
import io.dokploy.api.value.Tree;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened.
 *
 * @param sequence       its place in the stream of this store, from 1, growing; the cursor of readers
 * @param id             never used again
 * @param type           {@code deployment.succeeded}; see {@link EventType}
 * @param version        of the form of {@code data}
 * @param time           when
 * @param operation      what it belongs to, if to anything
 * @param subject        on what: {@code project/environment/application}
 * @param actor          who caused it
 * @param severity       how bad
 * @param correlationKey the same for all that belong together, for example a failure and its recovery
 * @param data           what the type says
 */
public record Event(
        long sequence,
        String id,
        String type,
        int version,
        Instant time,
        Optional<OperationId> operation,
        String subject,
        Actor actor,
        Severity severity,
        String correlationKey,
        Tree.Branch data) {

    /** How bad an event is. */
    public enum Severity {
        /** For the record. */
        INFO,
        /** Somebody should look some time. */
        WARNING,
        /** Somebody should look now. */
        ERROR
    }
}
