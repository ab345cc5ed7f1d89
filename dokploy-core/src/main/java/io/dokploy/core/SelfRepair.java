package io.dokploy.core;

import io.dokploy.api.Actor;
import io.dokploy.api.Maintenance.Repairs;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.value.Tree;
import io.dokploy.core.concurrent.DaemonTimer;
import io.dokploy.core.operation.OperationQueue;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.operation.Superseding;
import io.dokploy.core.pipeline.Requests;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for a reconciliation at regular times, once for all programs on a store. One thread; {@link #close()} ends it. */
final class SelfRepair implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SelfRepair.class);
    private static final Duration DEADLINE = Duration.ofHours(1);

    private final OperationQueue queue;
    private final Clock clock;
    private final Duration interval;
    private final ScheduledExecutorService timer = DaemonTimer.of("dokploy-self-repair", 1);

    SelfRepair(OperationQueue queue, Clock clock, Duration interval) {
        this.queue = queue;
        this.clock = clock;
        this.interval = interval;
    }

    /** The first time is one interval from now. */
    void start() {
        timer.scheduleWithFixedDelay(this::ask, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The number of the interval since 1970 is the idempotency key, so that one of all programs does it. */
    void ask() {
        try {
            queue.submit(new OperationRequest<>(
                    Requests.RECONCILE,
                    "instance",
                    "instance",
                    Actor.system(),
                    Tree.branch().build(),
                    Repairs.class,
                    Superseding.NONE,
                    Optional.of("every " + interval + ":" + clock.millis() / interval.toMillis()),
                    DEADLINE,
                    Optional.empty(),
                    "every " + interval));
        } catch (DokployException e) {
            LOG.warn("A reconciliation cannot be asked for now, trying again in {}: {}", interval, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A reconciliation could not be asked for, trying again in {}", interval, e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
