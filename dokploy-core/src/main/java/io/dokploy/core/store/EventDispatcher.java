package io.dokploy.core.store;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.Events;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to their listeners from one thread, which exists while there are listeners. Woken by events of this
 * JVM, looks for those of others every half second.
 */
final class EventDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final long POLL_MILLIS = 500;
    private static final int BATCH = 200;

    private final EventLog log;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore signal = new Semaphore(0);
    private @Nullable Thread thread;

    EventDispatcher(EventLog log) {
        this.log = log;
    }

    synchronized Events.Subscription subscribe(Consumer<Event> consumer) {
        var listener = new Listener(consumer, log.newest());
        listeners.add(listener);
        if (thread == null) {
            thread = new Thread(this::run, "dokploy-events");
            thread.setDaemon(true);
            thread.start();
        }
        return () -> remove(listener);
    }

    void wake() {
        signal.release();
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            listeners.clear();
            running = thread;
            thread = null;
        }
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
            try {
                running.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void remove(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void run() {
        try {
            while (isCurrent()) {
                dispatch();
                if (signal.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("No listener is left");
        }
    }

    private synchronized boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    private void dispatch() throws InterruptedException {
        try {
            boolean more = true;
            while (more && isCurrent()) {
                long after = listeners.stream()
                        .mapToLong(listener -> listener.seen)
                        .min()
                        .orElse(Long.MAX_VALUE);
                List<Event> events = log.read(after, BATCH);
                events.forEach(event -> listeners.forEach(listener -> listener.bring(event)));
                more = events.size() == BATCH;
            }
        } catch (DokployException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The last listener left");
            }
            LOG.warn("Events cannot be read now, trying again: {}", e.getMessage());
        }
    }

    private static final class Listener {
        private final Consumer<Event> consumer;
        private volatile long seen;

        Listener(Consumer<Event> consumer, long seen) {
            this.consumer = consumer;
            this.seen = seen;
        }

        void bring(Event event) {
            if (event.sequence() <= seen) {
                return;
            }
            seen = event.sequence();
            try {
                consumer.accept(event);
            } catch (RuntimeException | LinkageError e) {
                LOG.error("A listener of events failed on {}", event.type(), e);
            }
        }
    }
}
