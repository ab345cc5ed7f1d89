package io.dokploy.core.concurrent;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.spi.CancelToken;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cancel token that somebody can fire: once, with a reason. Thread-safe. */
public final class CancelSource implements CancelToken {

    private static final Logger LOG = LoggerFactory.getLogger(CancelSource.class);

    private final Runnable beforeEachLook;
    private final Set<Runnable> actions = new LinkedHashSet<>();
    private @Nullable Failure reason;

    /** One that only {@link #fire} fires. */
    public CancelSource() {
        this(() -> {});
    }

    /** @param beforeEachLook may fire it: whoever looks at it sees a deadline in time, whatever moves the clock */
    public CancelSource(Runnable beforeEachLook) {
        this.beforeEachLook = beforeEachLook;
    }

    /** Fires, unless it has. */
    public void fire(Failure why) {
        List<Runnable> due;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            due = new ArrayList<>(actions);
            actions.clear();
        }
        due.forEach(CancelSource::run);
    }

    /** Why it has fired, if it has. */
    public synchronized Optional<Failure> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public boolean isCancelled() {
        beforeEachLook.run();
        return reason().isPresent();
    }

    @Override
    public void throwIfCancelled() {
        beforeEachLook.run();
        Optional<Failure> why = reason();
        if (why.isPresent()) {
            throw DokployException.of(why.get());
        }
    }

    @Override
    public Registration onCancel(Runnable action) {
        // A wrapper of its own, so that the same action can be registered twice.
        Runnable entry = action::run;
        synchronized (this) {
            if (reason == null) {
                actions.add(entry);
                return () -> remove(entry);
            }
        }
        run(action);
        return () -> {};
    }

    private synchronized void remove(Runnable entry) {
        actions.remove(entry);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            // Whatever one of them throws, a plugin's perhaps, the others must be done.
            LOG.error("What was to be done when an operation is cancelled failed", e);
        }
    }
}
