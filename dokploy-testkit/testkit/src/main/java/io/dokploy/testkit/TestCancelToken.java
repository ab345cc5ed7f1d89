package io.dokploy.testkit;

import io.dokploy.api.error.CancelledException;
import io.dokploy.spi.CancelToken;
import java.util.ArrayList;
import java.util.List;

/** A cancel token that the test fires. Thread-safe. */
public final class TestCancelToken implements CancelToken {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** Cancels: what was registered runs now, in this thread. A second time does nothing. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void throwIfCancelled() {
        if (isCancelled()) {
            throw new CancelledException("operation", "the test cancelled it", "Nothing is to be done.");
        }
    }

    @Override
    public Registration onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return () -> forget(action);
            }
        }
        action.run();
        return () -> {};
    }

    /** How many actions wait to be called: a plugin that closes what it registered leaves none. */
    public synchronized int registrations() {
        return actions.size();
    }

    private synchronized void forget(Runnable action) {
        actions.remove(action);
    }
}
