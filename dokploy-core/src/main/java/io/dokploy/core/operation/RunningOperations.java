package io.dokploy.core.operation;

import io.dokploy.api.OperationId;
import io.dokploy.api.error.DokployException;
import io.dokploy.core.store.OperationWork.Wish;
import io.dokploy.core.store.StoreAccess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process works on. Thread-safe. */
final class RunningOperations {

    private static final Logger LOG = LoggerFactory.getLogger(RunningOperations.class);

    private final StoreAccess store;
    private final String owner;
    private final Map<OperationId, RunningOperation> running = new ConcurrentHashMap<>();

    RunningOperations(StoreAccess store, String owner) {
        this.store = store;
        this.owner = owner;
    }

    void add(RunningOperation operation) {
        running.put(operation.claim().id(), operation);
    }

    void remove(RunningOperation operation) {
        running.remove(operation.claim().id(), operation);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /** Somebody in this process wants the end of that one, if it is here. */
    void cancel(OperationId id) {
        RunningOperation operation = running.get(id);
        if (operation != null) {
            operation.cancel();
        }
    }

    void shutDown() {
        running.values().forEach(RunningOperation::shutDown);
    }

    /** Those that do not look at their deadline themselves, since they wait for something. */
    void expireOverdue() {
        running.values().forEach(RunningOperation::expireIfOverdue);
    }

    void flushOutput() {
        running.values().forEach(operation -> operation.output().flush());
    }

    /** Obeys what others have asked through the store. */
    void obeyWishes() {
        // Taken before the store is asked, so that one which begins in between is not missed there.
        List<RunningOperation> mine = List.copyOf(running.values());
        if (mine.isEmpty()) {
            return;
        }
        try {
            Map<OperationId, Wish> wishes =
                    store.work().wishes(owner).stream().collect(Collectors.toMap(Wish::id, Function.identity()));
            mine.forEach(operation -> obey(operation, wishes));
        } catch (DokployException e) {
            LOG.warn("Cancel requests cannot be read now, trying again: {}", e.getMessage());
        }
    }

    private void obey(RunningOperation operation, Map<OperationId, Wish> wishes) {
        Wish wish = wishes.get(operation.claim().id());
        if (wish == null || wish.attempt() != operation.claim().attempt()) {
            // One that has just ended is not here any more; then nobody has taken it over.
            if (running.get(operation.claim().id()) == operation) {
                operation.fence();
            }
        } else if (wish.cancelRequested()) {
            operation.cancel();
        }
    }
}
