package io.dokploy.core.operation;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.dokploy.core.store.StoreAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a worker for each lane in which something waits. db-scheduler keeps one task for a lane, which one worker in all
 * processes has at a time; a dead one's is given to another. After its work, a lane with more work stays; an empty one
 * is removed and looked at once more, so that a request which came in between is not missed: its own wake-up found the
 * task still there.
 */
final class LaneScheduler {

    static final String TASK = "dokploy-lane";
    private static final Logger LOG = LoggerFactory.getLogger(LaneScheduler.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Function<String, Duration> worker;
    private final Predicate<String> hasNext;
    private final CustomTask<Void> task;
    private final Scheduler scheduler;
    private volatile boolean closing;

    /**
     * A scheduler that is not started yet.
     *
     * @param worker  does the next operation of a lane, and says how long the lane has to rest
     * @param hasNext whether a lane has more
     */
    LaneScheduler(
            StoreAccess store,
            QueueSettings settings,
            String owner,
            Function<String, Duration> worker,
            Predicate<String> hasNext) {
        this.worker = worker;
        this.hasNext = hasNext;
        task = Tasks.custom(TASK, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(PAUSE_AFTER_FAILURE))
                .onDeadExecutionRevive()
                .execute((instance, context) -> work(instance.getId()));
        scheduler = Scheduler.create(store.dataSource(), task)
                .tableName("dokploy_scheduled_tasks")
                .jdbcCustomization(dialect(store))
                .schedulerName(new SchedulerName.Fixed(owner))
                .threads(settings.workers())
                .pollingInterval(settings.poll())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(QueueSettings.MISSED_HEARTBEATS)
                .enableImmediateExecution()
                .commitWhenAutocommitDisabled(true)
                .shutdownMaxWait(settings.closeWithin())
                .build();
    }

    void start() {
        scheduler.start();
    }

    /** Something waits in that lane. */
    void wake(String lane) {
        if (closing) {
            return;
        }
        try {
            scheduler.scheduleIfNotExists(task.instance(lane), Instant.now());
        } catch (RuntimeException e) {
            // The request is in the table, where the next look finds it.
            LOG.warn("No worker could be woken for {}, looking again soon", lane, e);
        }
    }

    /** Takes no more work. */
    void pause() {
        closing = true;
        scheduler.pause();
    }

    /** Waits for the workers, interrupts those that take too long. */
    void stop() {
        scheduler.stop();
    }

    /** db-scheduler knows PostgreSQL; it would warn of H2, for which its plain SQL is right. */
    private static JdbcCustomization dialect(StoreAccess store) {
        return store.isPostgres() ? new PostgreSqlJdbcCustomization(false, false) : new DefaultJdbcCustomization(false);
    }

    private CompletionHandler<Void> work(String lane) {
        Duration rest = closing ? Duration.ZERO : worker.apply(lane);
        return (complete, operations) -> {
            if (closing || hasNext.test(lane)) {
                operations.reschedule(complete, Instant.now().plus(rest));
                scheduler.triggerCheckForDueExecutions();
            } else {
                operations.remove();
                if (hasNext.test(lane)) {
                    wake(lane);
                }
            }
        };
    }
}
