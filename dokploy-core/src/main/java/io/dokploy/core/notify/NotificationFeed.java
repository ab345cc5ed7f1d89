package io.dokploy.core.notify;

import io.dokploy.api.NotificationChannel;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.core.store.StoreAccess;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events on, from where a channel was, and puts what it wants into the outbox. Whichever process does it, each
 * event is looked at once: the channel is locked meanwhile, and its position moves in the same transaction.
 */
final class NotificationFeed {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationFeed.class);
    private static final int BATCH = 200;

    /** A channel that takes nothing does not fill the store: the rest waits as events. */
    static final int MOST_WAITING = 1_000;

    private final StoreAccess store;
    private final NotificationChannel channel;
    private final RetryPolicy policy;
    private final Clock clock;
    private final int mostWaiting;
    private long lastRead = -1;

    NotificationFeed(StoreAccess store, NotificationChannel channel, RetryPolicy policy, Clock clock, int mostWaiting) {
        this.store = store;
        this.channel = channel;
        this.policy = policy;
        this.clock = clock;
        this.mostWaiting = mostWaiting;
    }

    /** Reads all that is new, unless too much waits already. For one thread. */
    void read() {
        while (store.events().newest() != lastRead && store.outbox().waiting(channel.name()) < mostWaiting) {
            lastRead = store.inTransaction(this::readBatch);
        }
    }

    /** Returns how far the channel is. */
    private long readBatch() {
        long newest = store.events().newest();
        long position = store.outbox().lockPosition(channel.name());
        List<Event> events = store.events().read(position, Math.min(BATCH, mostWaiting));
        if (events.isEmpty()) {
            return newest;
        }
        Instant now = clock.instant();
        for (Event event : events) {
            if (!channel.wants(event) || isAboutItself(event)) {
                continue;
            }
            if (policy.isTooOld(event.time(), now)) {
                LOG.warn("{} is not told of {} of {}: it is too long ago", channel.name(), event.type(), event.time());
                continue;
            }
            var text = new NotificationText(event);
            store.outbox()
                    .insert(
                            channel.name(),
                            event.sequence(),
                            text.toNotification(store.ids().newDeliveryId()));
        }
        long last = events.get(events.size() - 1).sequence();
        store.outbox().setPosition(channel.name(), last);
        return last;
    }

    /** A channel that does not work is not told so itself. */
    private boolean isAboutItself(Event event) {
        return event.type().equals(EventType.NOTIFICATION_FAILED)
                && event.data().text("channel", "").equals(channel.name());
    }
}
