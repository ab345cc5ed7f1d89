package io.dokploy.testkit.engine;

import io.dokploy.spi.engine.ContainerEngine.EngineSubscription;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Gives what happens to listeners, each in a thread of its own, so that a listener may call the engine.
 *
 * @param <T> what is told
 */
final class EventHub<T> {

    private final List<Subscription<T>> subscriptions = new CopyOnWriteArrayList<>();

    EngineSubscription subscribe(String name, Consumer<T> listener) {
        var subscription = new Subscription<>(name, listener, subscriptions::remove);
        subscriptions.add(subscription);
        subscription.thread.start();
        return subscription;
    }

    void tell(T event) {
        subscriptions.forEach(subscription -> subscription.tell(event));
    }

    /** Waits until all listeners have heard what was told before. */
    void awaitDelivery() throws InterruptedException {
        for (Subscription<T> subscription : subscriptions) {
            subscription.awaitDelivery();
        }
    }

    void close() {
        subscriptions.forEach(Subscription::close);
    }

    private static final class Subscription<T> implements EngineSubscription {
        private final BlockingQueue<T> queue = new LinkedBlockingQueue<>();
        private final Consumer<Subscription<T>> onClose;
        private final Thread thread;
        private boolean closed;
        private long told;
        private long heard;

        private Subscription(String name, Consumer<T> listener, Consumer<Subscription<T>> onClose) {
            this.onClose = onClose;
            this.thread = new Thread(() -> deliver(listener), "in-memory-engine-" + name);
            thread.setDaemon(true);
        }

        private synchronized void tell(T event) {
            told++;
            queue.add(event);
        }

        private void deliver(Consumer<T> listener) {
            try {
                while (!isClosed()) {
                    listener.accept(queue.take());
                    heard();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the end of the subscription
            } finally {
                close();
            }
        }

        private synchronized boolean isClosed() {
            return closed;
        }

        private synchronized void heard() {
            heard++;
            notifyAll();
        }

        private synchronized void awaitDelivery() throws InterruptedException {
            while (!closed && heard < told && Thread.currentThread() != thread) {
                wait();
            }
        }

        @Override
        public void close() {
            synchronized (this) {
                closed = true;
                notifyAll();
            }
            onClose.accept(this);
            thread.interrupt();
        }
    }
}
