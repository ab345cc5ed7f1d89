package io.dokploy.core.operation;

import io.dokploy.api.Actor;
import io.dokploy.api.value.Tree;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;

/**
 * What is asked of the queue.
 *
 * @param kind           which handler does it: {@code deploy}
 * @param lane           one operation runs at a time in each: the id of an application
 * @param subject        for people: {@code project/environment/application}
 * @param actor          who asks
 * @param arguments      for the handler; secrets in it are encrypted
 * @param resultType     {@code Void.class} or a type of the API that has a JSON form
 * @param superseding    what it does to those that wait
 * @param idempotencyKey a second request of the kind in the lane with the same key is the first one
 * @param deadline       for the work, from the start of each attempt
 * @param transaction    of the host, on the store's database: the request counts when it commits
 * @param reason         why, for the history
 * @param <T>            its result
 */
public record OperationRequest<T>(
        String kind,
        String lane,
        String subject,
        Actor actor,
        Tree.Branch arguments,
        Class<T> resultType,
        Superseding superseding,
        Optional<String> idempotencyKey,
        Duration deadline,
        Optional<Connection> transaction,
        String reason) {

    /** One that supersedes nothing, and of which nothing more is to be said. */
    public static <T> OperationRequest<T> of(
            String kind,
            String lane,
            String subject,
            Actor actor,
            Tree.Branch arguments,
            Class<T> resultType,
            Duration deadline) {
        return new OperationRequest<>(
                kind,
                lane,
                subject,
                actor,
                arguments,
                resultType,
                Superseding.NONE,
                Optional.empty(),
                deadline,
                Optional.empty(),
                "");
    }
}
