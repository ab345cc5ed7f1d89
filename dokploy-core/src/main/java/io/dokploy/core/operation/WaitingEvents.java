package io.dokploy.core.operation;

import io.dokploy.api.OperationRecord;
import io.dokploy.api.event.Event;
import io.dokploy.api.value.Tree;
import io.dokploy.core.store.StoreAccess;
import java.util.Optional;

/** Events of operations that end while they wait, and so never had a handler to tell of it. */
final class WaitingEvents {

    private final StoreAccess store;

    WaitingEvents(StoreAccess store) {
        this.store = store;
    }

    void append(String type, OperationRecord record) {
        store.events()
                .append(
                        type,
                        Optional.of(record.id()),
                        record.subject(),
                        record.actor(),
                        Event.Severity.INFO,
                        store.work().lane(record.id()),
                        Tree.branch().put("kind", record.kind()).build());
    }
}
