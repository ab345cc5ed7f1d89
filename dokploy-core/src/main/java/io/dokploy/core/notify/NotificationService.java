package io.dokploy.core.notify;

import io.dokploy.api.Actor;
import io.dokploy.api.NotificationChannel;
import io.dokploy.api.Notifications.ChannelStatus;
import io.dokploy.api.Notifications.TestResult;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.Events;
import io.dokploy.core.concurrent.Together;
import io.dokploy.core.plugin.Contexts;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.spi.Notifier.Action;
import io.dokploy.spi.Notifier.Field;
import io.dokploy.spi.Notifier.Notification;
import io.dokploy.spi.Notifier.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The channels of an instance, and who tells them of what happens. Thread-safe. */
public final class NotificationService implements AutoCloseable {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    private final StoreAccess store;
    private final Clock clock;
    private final RetryPolicy policy = new RetryPolicy();
    private final Map<String, Channel> channels = new TreeMap<>();
    private List<ChannelWorker> workers = List.of();
    private Events.@Nullable Subscription subscription;

    private record Channel(NotificationChannel what, NotifierCall call) {}

    /** Channels that can be tested; what happens is told after {@link #start()}. Their names differ. */
    public NotificationService(
            StoreAccess store,
            Collection<NotificationChannel> channels,
            PluginRegistry plugins,
            Contexts contexts,
            Clock clock) {
        this.store = store;
        this.clock = clock;
        for (NotificationChannel channel : channels) {
            this.channels.put(
                    channel.name(), new Channel(channel, new NotifierCall(channel, plugins, contexts, CALL_LIMIT)));
        }
    }

    /** Tells the channels of what happens, first of what did while nobody was there to do it. Call it once. */
    public synchronized void start() {
        if (channels.isEmpty()) {
            return;
        }
        if (store.isExclusive()) {
            store.outbox().forgetLeases();
        }
        channels.keySet().forEach(store.outbox()::register);
        workers = channels.values().stream().map(this::worker).toList();
        List<ChannelWorker> toWake = workers;
        subscription = store.events().subscribe(event -> toWake.forEach(ChannelWorker::wake));
        workers.forEach(ChannelWorker::start);
    }

    /** How the channels are, by name. */
    public List<ChannelStatus> channels() {
        return channels.values().stream()
                .map(Channel::what)
                .map(channel -> new ChannelStatus(
                        channel.name(),
                        channel.settings().plugin(),
                        store.outbox().waiting(channel.name()),
                        store.outbox().pausedUntil(channel.name())))
                .toList();
    }

    /** Sends a test notification; see {@link io.dokploy.api.Notifications#test}. */
    public TestResult test(String name, Actor actor) {
        Channel channel = channels.get(name);
        if (channel == null) {
            throw new NotFoundException(
                    "notification channel " + name,
                    "there is no such channel; there are: " + channels.keySet(),
                    "Correct the name, or give the channel to the builder.");
        }
        try {
            return result(channel.call().deliver(testNotification(name, actor)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted before the channel " + name + " answered");
        }
    }

    /** Stops telling; what is due now still is, for a few seconds. What waits is told after the next start. */
    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        Together.run(workers.stream().<Runnable>map(worker -> worker::close).toList());
        workers = List.of();
    }

    private ChannelWorker worker(Channel channel) {
        var feed = new NotificationFeed(store, channel.what(), policy, clock, NotificationFeed.MOST_WAITING);
        return new ChannelWorker(store, channel.what(), feed, channel.call(), policy, clock);
    }

    private Notification testNotification(String channel, Actor actor) {
        return new Notification(
                store.ids().newDeliveryId(),
                "test",
                Action.INFORM,
                Event.Severity.INFO,
                "Test of the channel " + channel,
                "Whoever reads this is told of what happens.",
                List.of(new Field("By", actor.name())),
                Optional.empty(),
                "notification.test",
                clock.instant());
    }

    private static TestResult result(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return new TestResult(false, retry.reason(), false, retry.after());
        }
        return outcome instanceof Outcome.Rejected rejected
                ? new TestResult(false, rejected.reason(), true, Optional.empty())
                : new TestResult(true, "", false, Optional.empty());
    }
}
