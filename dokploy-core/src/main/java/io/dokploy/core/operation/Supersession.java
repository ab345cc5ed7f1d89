package io.dokploy.core.operation;

import io.dokploy.api.OperationId;
import io.dokploy.api.event.EventType;
import io.dokploy.core.store.StoreAccess;
import java.util.List;

/** Ends requests whose place a newer one has taken. */
final class Supersession {

    private final StoreAccess store;
    private final OperationWatch watch;
    private final WaitingEvents waitingEvents;

    Supersession(StoreAccess store, OperationWatch watch) {
        this.store = store;
        this.watch = watch;
        this.waitingEvents = new WaitingEvents(store);
    }

    /** Settles a lane, in one transaction or the thread's. */
    void settle(String lane) {
        store.useTransaction(() -> {
            List<OperationId> ended = store.work().supersede(lane, Endings::superseded);
            for (OperationId id : ended) {
                store.operations()
                        .find(id)
                        .ifPresent(record -> waitingEvents.append(EventType.DEPLOYMENT_SUPERSEDED, record));
                store.afterCommit(() -> watch.check(id));
            }
        });
    }
}
