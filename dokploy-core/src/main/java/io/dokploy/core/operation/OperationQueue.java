package io.dokploy.core.operation;

import io.dokploy.api.Operation;
import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.core.concurrent.DaemonTimer;
import io.dokploy.core.store.NewOperation;
import io.dokploy.core.store.OperationRow;
import io.dokploy.core.store.StoreAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable queue of a store. One operation runs at a time in each lane, in the order of the requests; this process
 * works on as many lanes at once as it has workers, and only on kinds it has a handler for. Thread-safe.
 */
public final class OperationQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperationQueue.class);
    private static final Duration FLUSH = Duration.ofMillis(200);
    private static final Duration WATCH = Duration.ofMillis(200);
    private static final Duration LONGEST_WISH = Duration.ofSeconds(1);

    private final StoreAccess store;
    private final Clock clock;
    private final QueueSettings settings;
    private final String owner;
    private final RunningOperations running;
    private final OperationWatch watch;
    private final Cancellation cancellation;
    private final Supersession supersession;
    private final OperationRun run;
    private final ScheduledExecutorService timer;
    private volatile Map<String, OperationHandler<?>> handlers = Map.of();
    private volatile @Nullable LaneScheduler lanes;
    private volatile boolean closed;

    /** A queue that can be asked; it takes work after {@link #start}. */
    public OperationQueue(StoreAccess store, Clock clock, QueueSettings settings) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        owner = store.ids().newWorkerId();
        running = new RunningOperations(store, owner);
        watch = new OperationWatch(store);
        cancellation = new Cancellation(store, watch, running);
        supersession = new Supersession(store, watch);
        run = new OperationRun(store);
        timer = DaemonTimer.of("dokploy-queue", 2);
        every(WATCH, watch::poll);
    }

    /**
     * Asks for an operation. Within a host's transaction it is only inserted, and found when that has committed.
     */
    public <T> Operation<T> submit(OperationRequest<T> request) {
        var row = new NewOperation(
                request.kind(),
                request.lane(),
                request.subject(),
                request.actor(),
                request.reason(),
                request.arguments(),
                request.resultType().getName(),
                request.superseding() == Superseding.WAITING_OF_SAME_KIND_IN_LANE,
                request.idempotencyKey(),
                request.deadline());
        OperationId id = request.transaction().isPresent()
                ? store.operations().insert(row, request.transaction().get())
                : insert(row);
        var asked = new OperationRecord(
                id,
                request.kind(),
                request.subject(),
                request.actor(),
                State.QUEUED,
                "",
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new StoredOperation<>(store, watch, cancellation, asked, request.resultType());
    }

    /**
     * Takes work of these kinds, first what was interrupted.
     *
     * @throws IllegalStateException if it was started or closed before
     */
    public synchronized void start(Map<String, OperationHandler<?>> newHandlers) {
        if (closed || lanes != null) {
            throw new IllegalStateException("The queue was started or closed before");
        }
        handlers = Map.copyOf(newHandlers);
        if (handlers.isEmpty()) {
            return;
        }
        if (store.isExclusive()) {
            // Nobody else can have the store open, so whoever held a lane is dead: no waiting for its heartbeats.
            store.work().forgetWakeUps(LaneScheduler.TASK);
        }
        var scheduler = new LaneScheduler(store, settings, owner, this::workOn, this::hasNext);
        lanes = scheduler;
        scheduler.start();
        sweep();
        every(settings.poll(), this::sweep);
        every(FLUSH, running::flushOutput);
        every(WATCH, running::expireOverdue);
        every(shorter(settings.heartbeat(), LONGEST_WISH), running::obeyWishes);
        timer.scheduleWithFixedDelay(quietly(this::forgetWhatIsOld), 1, 60, TimeUnit.MINUTES);
    }

    /** The operation of that id, with the result it was asked with, or {@link NotFoundException}. */
    public Operation<?> get(OperationId id) {
        String type = store.operations().resultType(id).orElseThrow(() -> missing(id));
        return get(id, ResultTypes.named(type));
    }

    /** The operation of that id, or {@link NotFoundException}. */
    public <T> Operation<T> get(OperationId id, Class<T> resultType) {
        OperationRecord record = store.operations().find(id).orElseThrow(() -> missing(id));
        return new StoredOperation<>(store, watch, cancellation, record, resultType);
    }

    /** The newest, newest first. */
    public List<OperationRecord> list(int limit) {
        return store.operations().newest(limit);
    }

    /**
     * Takes no more work and stops what runs at its next safe point; it goes on at the next start, or at once in
     * another process that shares the store. Who waits for an operation gets a
     * {@link io.dokploy.api.error.ShutDownException}.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        LaneScheduler scheduler = lanes;
        if (scheduler != null) {
            scheduler.pause();
            running.shutDown();
            scheduler.stop();
        }
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("A look at the store still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch.close();
    }

    private OperationId insert(NewOperation row) {
        return store.inTransaction(() -> {
            OperationId id = store.operations().insert(row);
            if (row.supersedes()) {
                supersession.settle(row.lane());
            }
            store.afterCommit(() -> wake(row.lane()));
            return id;
        });
    }

    private void wake(String lane) {
        LaneScheduler scheduler = lanes;
        if (scheduler != null) {
            scheduler.wake(lane);
        }
    }

    /** Finds what nobody told of: requests of other processes and of a host's transactions, lanes whose worker died. */
    private void sweep() {
        store.work().lanesToSupersede().forEach(supersession::settle);
        store.work().idleLanes(handlers.keySet(), LaneScheduler.TASK).forEach(this::wake);
    }

    private boolean hasNext(String lane) {
        return store.work().hasNext(lane, handlers.keySet());
    }

    private Duration workOn(String lane) {
        supersession.settle(lane);
        return store.work().take(lane, handlers.keySet(), owner).map(this::run).orElse(Duration.ZERO);
    }

    private Duration run(OperationRow row) {
        OperationHandler<?> handler = handlers.get(row.record().kind());
        if (handler == null) {
            return Duration.ZERO;
        }
        var operation = new RunningOperation(store, clock, row, owner);
        running.add(operation);
        if (closed) {
            // It was taken while the queue closed, after the others were told.
            operation.shutDown();
        }
        try {
            return run.run(operation, handler);
        } finally {
            running.remove(operation);
            watch.check(row.record().id());
        }
    }

    private void forgetWhatIsOld() {
        int chunks = store.outputs().deleteOlderThan(clock.instant(), settings.outputKept());
        int events = store.events().deleteBefore(clock.instant().minus(settings.eventsKept()));
        LOG.debug("Forgot {} chunks of old output and {} old events", chunks, events);
    }

    private void every(Duration interval, Runnable task) {
        timer.scheduleWithFixedDelay(quietly(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that fails is tried again the next time; the timer would drop it otherwise. */
    private static Runnable quietly(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (DokployException e) {
                LOG.warn("The store does not answer, trying again: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("A look at the store failed, trying again", e);
            }
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static NotFoundException missing(OperationId id) {
        return new NotFoundException("operation " + id, "there is no such operation", "Check the id.");
    }
}
