package io.dokploy.core.operation;

import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.TooLateToCancelException;
import io.dokploy.api.event.EventType;
import io.dokploy.core.store.StoreAccess;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/** Ends an operation, wherever it is, and waits until its worker is done with it. */
final class Cancellation {

    private final StoreAccess store;
    private final OperationWatch watch;
    private final RunningOperations running;
    private final WaitingEvents waitingEvents;

    Cancellation(StoreAccess store, OperationWatch watch, RunningOperations running) {
        this.store = store;
        this.watch = watch;
        this.running = running;
        this.waitingEvents = new WaitingEvents(store);
    }

    void cancel(OperationId id) {
        while (true) {
            OperationRecord record = find(id);
            if (record.state() == State.QUEUED) {
                if (cancelWaiting(record)) {
                    return;
                }
            } else if (record.state().isFinal()) {
                requireNotSucceeded(record, "it is over");
                return;
            } else if (store.work().requestCancel(id)) {
                running.cancel(id);
                requireNotSucceeded(awaitEnd(id), "it was done before it could be stopped");
                return;
            } else if (find(id).state() == State.RUNNING) {
                throw tooLate(record, "it has switched already");
            }
        }
    }

    private boolean cancelWaiting(OperationRecord record) {
        return store.inTransaction(() -> {
            boolean ended = store.work().endWaiting(record.id(), State.CANCELLED, Endings.cancelled(record.subject()));
            if (ended) {
                waitingEvents.append(EventType.DEPLOYMENT_CANCELLED, record);
                store.afterCommit(() -> watch.check(record.id()));
            }
            return ended;
        });
    }

    private OperationRecord awaitEnd(OperationId id) {
        try {
            return watch.end(id).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for the end; it is cancelled all the same");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DokployException known ? known : new IllegalStateException(e.getCause());
        }
    }

    private OperationRecord find(OperationId id) {
        return store.operations()
                .find(id)
                .orElseThrow(
                        () -> new NotFoundException("operation " + id, "there is no such operation", "Check the id."));
    }

    private static void requireNotSucceeded(OperationRecord record, String reason) {
        if (record.state() == State.SUCCEEDED) {
            throw tooLate(record, reason);
        }
    }

    private static TooLateToCancelException tooLate(OperationRecord record, String reason) {
        return new TooLateToCancelException(
                record.subject(),
                "operation " + record.id() + " cannot be cancelled: " + reason,
                "Roll back to the former release instead.");
    }
}
