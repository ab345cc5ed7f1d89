package io.dokploy.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Time that a test moves. It begins at 2026-01-01T00:00:00Z and stands still until {@link #advance(Duration)}; one that
 * advances by itself jumps whenever somebody sleeps, so that nobody waits. Thread-safe.
 */
public final class VirtualTime extends Clock {

    /** When it begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Comparator<Timer> ORDER =
            Comparator.comparing(Timer::due).thenComparingLong(Timer::number);

    private final Object lock = new Object();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(ORDER);
    private final boolean autoAdvance;
    private Instant now = START;
    private long changes;
    private long numbers;
    private final List<Instant> deadlines = new ArrayList<>();

    private VirtualTime(boolean autoAdvance) {
        this.autoAdvance = autoAdvance;
    }

    /** Time that only the test moves; who sleeps waits for it. */
    public static VirtualTime manual() {
        return new VirtualTime(false);
    }

    /** Time that jumps to the end of each sleep, doing on the way all that is due. */
    public static VirtualTime autoAdvancing() {
        return new VirtualTime(true);
    }

    @Override
    public Instant instant() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        Clock utc = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return utc.withZone(other);
            }

            @Override
            public Instant instant() {
                return utc.instant();
            }
        };
    }

    /** Moves the time, and runs in this thread all that gets due, in its order and each at its time. */
    public void advance(Duration duration) {
        moveTo(instant().plus(duration));
    }

    /**
     * Moves the time to what is due next: the end of somebody's wait, or an action.
     *
     * @return whether something was due
     */
    public boolean advanceToNext() {
        Optional<Instant> next = next();
        next.ifPresent(this::moveTo);
        return next.isPresent();
    }

    /** When something is due next: the end of somebody's wait, or an action; empty if nothing is. */
    public Optional<Instant> next() {
        synchronized (lock) {
            return Stream.concat(timers.stream().map(Timer::due), deadlines.stream())
                    .min(Comparator.naturalOrder());
        }
    }

    /** Runs an action once that much later, in the thread that moves the time. */
    public void schedule(Duration after, Runnable action) {
        synchronized (lock) {
            timers.add(new Timer(now.plus(after), numbers++, action));
        }
    }

    /** Waits for so long in this time. */
    public void sleep(Duration duration) throws InterruptedException {
        await(() -> false, duration);
    }

    /**
     * Waits until the condition holds. It is looked at when the time moves and at each {@link #changed()}.
     *
     * @return whether it came to hold within the timeout
     */
    public boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        Instant deadline = instant().plus(timeout);
        while (true) {
            long seen = changes();
            if (condition.getAsBoolean()) {
                return true;
            }
            if (!instant().isBefore(deadline)) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (autoAdvance) {
                moveTo(nextDue(deadline));
            } else {
                awaitChange(seen, deadline);
            }
        }
    }

    /** Lets all that wait for a condition look at it again. */
    public void changed() {
        synchronized (lock) {
            wakeAll();
        }
    }

    /** Whoever waited is not counted any more, although it may take a moment until it runs. */
    private void wakeAll() {
        changes++;
        deadlines.clear();
        lock.notifyAll();
    }

    /** Waits, in real time, until so many threads wait for this time to move; then a test can move it without a race. */
    public void awaitSleepers(int count) throws InterruptedException {
        synchronized (lock) {
            while (deadlines.size() < count) {
                lock.wait();
            }
        }
    }

    /** How many threads wait for this time to move. */
    public int sleepers() {
        synchronized (lock) {
            return deadlines.size();
        }
    }

    private long changes() {
        synchronized (lock) {
            return changes;
        }
    }

    private void awaitChange(long seen, Instant deadline) throws InterruptedException {
        synchronized (lock) {
            if (changes != seen) {
                return;
            }
            deadlines.add(deadline);
            lock.notifyAll();
            try {
                while (changes == seen) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                deadlines.remove(deadline);
                throw e;
            }
        }
    }

    private Instant nextDue(Instant deadline) {
        synchronized (lock) {
            Timer next = timers.peek();
            return next == null || next.due().isAfter(deadline) ? deadline : next.due();
        }
    }

    /** Actions run outside the lock: they take locks of their own, whose holders may ask for the time. */
    private void moveTo(Instant target) {
        while (true) {
            Timer due;
            synchronized (lock) {
                due = timers.peek();
                boolean last = due == null || due.due().isAfter(target);
                Instant reached = last || due == null ? target : due.due();
                now = reached.isAfter(now) ? reached : now;
                wakeAll();
                if (last || due == null) {
                    return;
                }
                timers.remove(due);
            }
            due.action().run();
        }
    }

    private record Timer(Instant due, long number, Runnable action) {}
}
