package io.dokploy.core.operation;

import io.dokploy.api.error.Problems;
import java.time.Duration;

/**
 * How the queue works.
 *
 * @param workers          how many operations run at once in this process
 * @param heartbeat        how often a worker says that it lives; one that was silent four times is taken for dead
 * @param poll             how often is looked for requests that nobody told of: those of other processes and of the
 *                         host's transactions
 * @param closeWithin      how long closing waits for handlers to end before it interrupts them
 * @param outputKept       how long the output of a finished operation is kept
 * @param eventsKept       how long events are kept
 */
public record QueueSettings(
        int workers,
        Duration heartbeat,
        Duration poll,
        Duration closeWithin,
        Duration outputKept,
        Duration eventsKept) {

    /** Heartbeats that may be missed before a worker is taken for dead. */
    public static final int MISSED_HEARTBEATS = 4;

    public QueueSettings {
        Problems.of("queue settings")
                .require(workers >= 1, "workers", "must be at least 1")
                .require(heartbeat.compareTo(Duration.ofMillis(100)) >= 0, "heartbeat", "must be at least 100 ms")
                .require(poll.compareTo(Duration.ofMillis(10)) >= 0, "poll", "must be at least 10 ms")
                .require(!closeWithin.isNegative(), "closeWithin", "must not be negative")
                .require(!outputKept.isNegative(), "outputKept", "must not be negative")
                .require(
                        eventsKept.toDays() >= 2,
                        "eventsKept",
                        "must be two days at least, for channels that read them")
                .throwIfAny();
    }

    /** Four workers, a heartbeat every 2 s, looking every 500 ms, 20 s to close, output for 30 days, events for 90. */
    public static QueueSettings defaults() {
        return new QueueSettings(
                4,
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                Duration.ofDays(30),
                Duration.ofDays(90));
    }

    /** The same with so many workers. */
    public QueueSettings workers(int count) {
        return new QueueSettings(count, heartbeat, poll, closeWithin, outputKept, eventsKept);
    }

    /** The same with that heartbeat. */
    public QueueSettings heartbeat(Duration interval) {
        return new QueueSettings(workers, interval, poll, closeWithin, outputKept, eventsKept);
    }

    /** The same with that interval. */
    public QueueSettings poll(Duration interval) {
        return new QueueSettings(workers, heartbeat, interval, closeWithin, outputKept, eventsKept);
    }

    /** The same with that time to close. */
    public QueueSettings closeWithin(Duration limit) {
        return new QueueSettings(workers, heartbeat, poll, limit, outputKept, eventsKept);
    }
}
