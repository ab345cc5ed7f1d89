package io.dokploy.core.operation;

import io.dokploy.api.Operation;
import io.dokploy.api.OperationId;
import io.dokploy.api.OperationLog;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.DefectException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.event.Event;
import io.dokploy.core.store.StoreAccess;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An operation in the store, seen from this process. */
final class StoredOperation<T> implements Operation<T> {

    private static final int PAGE = 1_000;
    private static final int LINES = 10_000;

    private final StoreAccess store;
    private final OperationWatch watch;
    private final Cancellation cancellation;
    private final OperationRecord asked;
    private final Class<T> resultType;

    /**
     * An operation.
     *
     * @param asked as it was asked for; true until the store has it, which within a host's transaction is later
     */
    StoredOperation(
            StoreAccess store,
            OperationWatch watch,
            Cancellation cancellation,
            OperationRecord asked,
            Class<T> resultType) {
        this.store = store;
        this.watch = watch;
        this.cancellation = cancellation;
        this.asked = asked;
        this.resultType = resultType;
    }

    @Override
    public OperationId id() {
        return asked.id();
    }

    @Override
    public OperationRecord record() {
        return store.operations().find(id()).orElse(asked);
    }

    @Override
    public T await() {
        try {
            return result(watch.end(id()).get());
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw unwrap(e);
        }
    }

    @Override
    public T await(Duration timeout) {
        try {
            return result(watch.end(id()).get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw unwrap(e);
        } catch (TimeoutException e) {
            String step = record().step();
            throw new DeadlineException(
                    asked.subject(),
                    "operation " + id() + " was not done within " + seconds(timeout) + ": it "
                            + (step.isEmpty() ? "waits for its turn" : "is at the step " + step),
                    "It goes on; wait for it again, or cancel it.");
        }
    }

    private static String seconds(Duration timeout) {
        return BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    @Override
    public CompletableFuture<T> future() {
        return watch.end(id()).thenApplyAsync(this::result);
    }

    @Override
    public void cancel() {
        cancellation.cancel(id());
    }

    @Override
    public List<Event> events() {
        return store.events().of(id());
    }

    @Override
    public OperationLog log() {
        return new OperationLog() {
            @Override
            public Page read(long cursor, int limit) {
                // Asked first: whatever the operation has said is there when it is over.
                boolean over = record().state().isFinal();
                return store.outputs().read(id(), cursor, limit, over);
            }

            @Override
            public List<String> lines() {
                var last = new ArrayDeque<String>();
                long cursor = Math.max(0, store.outputs().size(id()) - LINES);
                Page page;
                do {
                    page = read(cursor, PAGE);
                    cursor = page.next();
                    last.addAll(page.lines());
                } while (!page.lines().isEmpty() && last.size() < LINES);
                return List.copyOf(last);
            }
        };
    }

    // An operation of Void has no result but null, which its type allows.
    @SuppressWarnings("NullAway")
    private T result(OperationRecord record) {
        if (record.failure().isPresent()) {
            throw DokployException.of(record.failure().get());
        }
        if (resultType == Void.class) {
            return null;
        }
        return store.operations()
                .result(id(), resultType)
                .orElseThrow(() -> new DefectException(
                        Failure.defect("no-result", record.subject(), "operation " + id() + " left no result"), null));
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("Interrupted while waiting; the operation goes on");
    }

    private static RuntimeException unwrap(ExecutionException e) {
        return e.getCause() instanceof DokployException known ? known : new CompletionException(e.getCause());
    }
}
