package io.dokploy.api;

import io.dokploy.api.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Something that takes time. It belongs to the store, not to this object: it goes on when nobody waits, and can be
 * found again by its id after a restart and from another JVM. Thread-safe.
 *
 * @param <T> what comes of it; {@code Void} for nothing
 */
public interface Operation<T> {

    /** Its id, for {@link Operations#get}. */
    OperationId id();

    /** How far it is now. */
    OperationRecord record();

    /**
     * Waits for the end, however long it takes.
     *
     * @return the result
     * @throws io.dokploy.api.error.DokployException with the reason, if it failed, was cancelled or superseded
     * @throws java.util.concurrent.CancellationException if this thread was interrupted; the operation goes on
     */
    T await();

    /**
     * Waits for the end, but not longer than {@code timeout}. Giving up cancels nothing.
     *
     * @throws io.dokploy.api.error.DeadlineException if it is not done by then
     */
    T await(Duration timeout);

    /** The result when it comes. Cancelling the future does not cancel the operation. */
    CompletableFuture<T> future();

    /**
     * Asks for its end and waits until its processes are gone and the old release serves alone.
     *
     * @throws io.dokploy.api.error.TooLateToCancelException if it has switched already; it goes on
     */
    void cancel();

    /** What has happened so far, in order. */
    List<Event> events();

    /** What its tools have said. */
    OperationLog log();
}
