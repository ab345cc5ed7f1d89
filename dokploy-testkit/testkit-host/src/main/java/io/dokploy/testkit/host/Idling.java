package io.dokploy.testkit.host;

import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.Operations;
import io.dokploy.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Lets operations work until they only wait for the time, and moves it. */
final class Idling {

    private static final int NEWEST = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Operations operations;
    private final VirtualTime time;
    private final long giveUp = System.nanoTime() + PATIENCE.toNanos();

    Idling(Operations operations, VirtualTime time) {
        this.operations = operations;
        this.time = time;
    }

    /** Until nothing waits or runs. */
    void run(boolean moveTime) {
        while (!unfinished().isEmpty()) {
            if (moveTime && allSleep()) {
                time.advanceToNext();
            } else {
                look();
            }
        }
    }

    /** That far, from one thing that is due to the next. */
    void advance(Duration duration) {
        Instant target = time.instant().plus(duration);
        awaitSleep();
        while (time.next().filter(next -> !next.isAfter(target)).isPresent()) {
            time.advanceToNext();
            awaitSleep();
        }
        time.advance(Duration.between(time.instant(), target));
        awaitSleep();
    }

    private void awaitSleep() {
        while (!allSleep()) {
            look();
        }
    }

    /** Whether whatever could run waits for the time to move. */
    private boolean allSleep() {
        List<OperationRecord> unfinished = unfinished();
        Set<String> running = unfinished.stream()
                .filter(operation -> operation.state() == State.RUNNING)
                .map(OperationRecord::subject)
                .collect(Collectors.toSet());
        boolean allTaken = unfinished.stream().allMatch(operation -> running.contains(operation.subject()));
        return allTaken && time.sleepers() >= running.size();
    }

    private List<OperationRecord> unfinished() {
        return operations.list(NEWEST).stream()
                .filter(operation -> !operation.state().isFinal())
                .toList();
    }

    private void look() {
        if (System.nanoTime() > giveUp) {
            throw new IllegalStateException("Nothing gets done and nothing sleeps for " + PATIENCE.toSeconds()
                    + " s of real time: " + unfinished());
        }
        LockSupport.parkNanos(LOOK_NANOS);
    }
}
