package io.dokploy.core.operation;

import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.error.DokployException;
import io.dokploy.core.store.StoreAccess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who wait that an operation is over: at once if it ended in this process, within one {@link #poll()} if in
 * another. Thread-safe.
 */
final class OperationWatch {

    private static final Logger LOG = LoggerFactory.getLogger(OperationWatch.class);

    private final StoreAccess store;
    private final Map<OperationId, CompletableFuture<OperationRecord>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    OperationWatch(StoreAccess store) {
        this.store = store;
    }

    /** The operation when it is over. The future is shared: do not complete or cancel it. */
    CompletableFuture<OperationRecord> end(OperationId id) {
        CompletableFuture<OperationRecord> future = waiting.computeIfAbsent(id, key -> new CompletableFuture<>());
        if (closed) {
            close();
        } else {
            // After it was put there, so that an end in between is not missed.
            check(id);
        }
        return future;
    }

    /** That operation may be over. */
    void check(OperationId id) {
        if (waiting.containsKey(id)) {
            store.operations()
                    .find(id)
                    .filter(record -> record.state().isFinal())
                    .ifPresent(this::complete);
        }
    }

    /** Looks for those that ended elsewhere. */
    void poll() {
        List<OperationId> ids = List.copyOf(waiting.keySet());
        if (!ids.isEmpty()) {
            try {
                store.operations().finished(ids).forEach(this::complete);
            } catch (DokployException e) {
                LOG.warn("Operations cannot be followed now, trying again: {}", e.getMessage());
            }
        }
    }

    /** Nobody waits any longer. */
    void close() {
        closed = true;
        waiting.forEach((id, future) -> {
            waiting.remove(id, future);
            future.completeExceptionally(DokployException.of(Endings.shutDown("operation " + id)));
        });
    }

    private void complete(OperationRecord record) {
        CompletableFuture<OperationRecord> future = waiting.remove(record.id());
        if (future != null) {
            future.complete(record);
        }
    }
}
