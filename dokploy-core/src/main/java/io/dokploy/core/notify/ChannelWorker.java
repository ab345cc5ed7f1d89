package io.dokploy.core.notify;

import io.dokploy.api.Actor;
import io.dokploy.api.NotificationChannel;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.store.OutboxTable;
import io.dokploy.core.store.OutboxTable.Delivery;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.spi.Notifier.Notification;
import io.dokploy.spi.Notifier.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what waits for one channel, in a thread of its own, so that no channel waits for another. Others who share
 * the store may do the same for the same channel: each takes a delivery before it makes it.
 */
final class ChannelWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelWorker.class);

    /** Longer than a delivery may last; who has not ended one by then is taken for dead. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final StoreAccess store;
    private final OutboxTable outbox;
    private final NotificationChannel channel;
    private final NotificationFeed feed;
    private final NotifierCall call;
    private final RetryPolicy policy;
    private final Clock clock;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean aborted;

    ChannelWorker(
            StoreAccess store,
            NotificationChannel channel,
            NotificationFeed feed,
            NotifierCall call,
            RetryPolicy policy,
            Clock clock) {
        this.store = store;
        this.outbox = store.outbox();
        this.channel = channel;
        this.feed = feed;
        this.call = call;
        this.policy = policy;
        this.clock = clock;
        thread = new Thread(this::run, "dokploy-notify-" + channel.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** There may be something to do. */
    void wake() {
        signal.release();
    }

    /** Still delivers what is due, for a few seconds; the rest waits for the next start. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join(CLOSE_WITHIN.toMillis());
            aborted = true;
            call.abort();
            // Not by an interrupt, which in the middle of a write would close the file of an embedded store.
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                boolean last = closing;
                work();
                if (last) {
                    return;
                }
                if (!closing && signal.tryAcquire(untilNextDue().toMillis(), TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("Somebody interrupted the thread that tells {}; what waits is told at the next start", name());
        }
    }

    /** Does all that is due. */
    void work() throws InterruptedException {
        try {
            feed.read();
            while (!aborted && deliverNext()) {
                LOG.trace("There may be more for {}", name());
            }
        } catch (DokployException e) {
            LOG.warn("{} cannot be told of what happened now, trying again: {}", name(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} cannot be told of what happened now, trying again", name(), e);
        }
    }

    private boolean deliverNext() throws InterruptedException {
        Optional<Delivery> next = outbox.take(name(), LEASE);
        if (next.isEmpty()) {
            return false;
        }
        Delivery delivery = next.get();
        Notification notification = delivery.notification();
        if (policy.isTooOld(notification.time(), clock.instant())) {
            giveUp(notification, "it is older than " + RetryPolicy.LONGEST_AGE.toHours() + " hours");
            return true;
        }
        Outcome outcome = call.deliver(notification);
        if (outcome instanceof Outcome.Retry retry) {
            tryAgain(delivery, retry);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            giveUp(notification, rejected.reason());
        } else {
            outbox.remove(notification.deliveryId());
        }
        return true;
    }

    private void tryAgain(Delivery delivery, Outcome.Retry retry) {
        Notification notification = delivery.notification();
        if (aborted) {
            outbox.putOff(notification.deliveryId(), Duration.ZERO);
            return;
        }
        Optional<Duration> pause = policy.pause(retry, delivery.tries(), notification.time(), clock.instant());
        if (pause.isEmpty()) {
            giveUp(notification, "tried " + delivery.tries() + " times, last: " + retry.reason());
            return;
        }
        LOG.info("{} is told of {} again in {}: {}", name(), notification.event(), pause.get(), retry.reason());
        store.useTransaction(() -> {
            retry.after().ifPresent(wanted -> outbox.pause(name(), wanted));
            outbox.putOff(notification.deliveryId(), pause.get());
        });
    }

    private void giveUp(Notification notification, String reason) {
        LOG.warn("{} is not told of {} of {}: {}", name(), notification.event(), notification.time(), reason);
        store.useTransaction(() -> {
            outbox.remove(notification.deliveryId());
            // Two broken channels would tell each other of it for ever.
            if (!notification.event().equals(EventType.NOTIFICATION_FAILED)) {
                store.events()
                        .append(
                                EventType.NOTIFICATION_FAILED,
                                Optional.empty(),
                                "channel/" + name(),
                                Actor.system(),
                                Event.Severity.WARNING,
                                "channel/" + name(),
                                Tree.branch()
                                        .put("channel", name())
                                        .put("reason", reason)
                                        .put("event", notification.event())
                                        .put("delivery", notification.deliveryId())
                                        .build());
            }
        });
    }

    private Duration untilNextDue() {
        try {
            Duration wait = outbox.nextDue(name())
                    .map(due -> Duration.between(clock.instant(), due))
                    .orElse(LONGEST_WAIT);
            return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (DokployException e) {
            return LONGEST_WAIT;
        }
    }

    private String name() {
        return channel.name();
    }
}
