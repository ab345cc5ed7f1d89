package io.dokploy.core.notify;

import io.dokploy.api.NotificationChannel;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.core.concurrent.CancelSource;
import io.dokploy.core.local.SecretMask;
import io.dokploy.core.plugin.Contexts;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.Notifier.Notification;
import io.dokploy.spi.Notifier.Outcome;
import io.dokploy.spi.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls a channel's notifier: one call at a time, in a thread of its own that is left behind when the plugin does not
 * end in time. Until such a thread ends there is no other one for the channel. Thread-safe.
 */
final class NotifierCall {

    private static final Outcome CLOSING = Outcome.retry("this instance closes");

    private final NotificationChannel channel;
    private final PluginRegistry plugins;
    private final Contexts contexts;
    private final Duration limit;
    private final SecretMask mask;
    private final Semaphore free = new Semaphore(1);
    private volatile @Nullable CompletableFuture<Outcome> current;
    private volatile boolean aborted;

    NotifierCall(NotificationChannel channel, PluginRegistry plugins, Contexts contexts, Duration limit) {
        this.channel = channel;
        this.plugins = plugins;
        this.contexts = contexts;
        this.limit = limit;
        this.mask = SecretMask.of(secrets(channel.settings().values()).toList());
    }

    /**
     * Delivers; what goes wrong is an outcome too.
     *
     * @throws io.dokploy.api.error.PluginMissingException if the notifier is not installed
     * @throws InterruptedException                        if this thread was interrupted; whether the channel has it is
     *                                                     not known
     */
    Outcome deliver(Notification notification) throws InterruptedException {
        Notifier notifier = plugins.notifier(channel.settings().plugin());
        if (!free.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return Outcome.retry("the plugin is still busy with a former delivery");
        }
        var answer = new CompletableFuture<Outcome>();
        var token = new CancelSource();
        var thread =
                new Thread(() -> call(notifier, notification, token, answer), "dokploy-notifier-" + channel.name());
        thread.setDaemon(true);
        current = answer;
        if (aborted) {
            answer.complete(CLOSING);
        }
        thread.start();
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Outcome.retry("the plugin did not end within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            return Outcome.retry(mask.apply(words(e.getCause())));
        } finally {
            token.fire(new DeadlineException("channel " + channel.name(), "its time is over", "It is tried again.")
                    .failure());
            thread.interrupt();
        }
    }

    /** Ends the call that runs, if one does, and all that come. */
    void abort() {
        aborted = true;
        CompletableFuture<Outcome> running = current;
        if (running != null) {
            running.complete(CLOSING);
        }
    }

    private void call(
            Notifier notifier, Notification notification, CancelSource token, CompletableFuture<Outcome> answer) {
        try (var context = contexts.open(Progress.none(), token, mask)) {
            Outcome outcome =
                    PluginRegistry.call(notifier, plugin -> plugin.deliver(notification, channel.settings(), context));
            answer.complete(masked(Objects.requireNonNull(outcome, "no outcome")));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        } finally {
            free.release();
        }
    }

    private Outcome masked(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return new Outcome.Retry(mask.apply(retry.reason()), retry.after());
        }
        return outcome instanceof Outcome.Rejected rejected ? Outcome.rejected(mask.apply(rejected.reason())) : outcome;
    }

    private static String words(@Nullable Throwable error) {
        return error instanceof DokployException known ? known.failure().reason() : "the plugin failed: " + error;
    }

    private static Stream<Secret> secrets(Tree tree) {
        if (tree instanceof Tree.Sealed sealed) {
            return Stream.of(sealed.secret());
        }
        List<Tree> parts = tree instanceof Tree.Branch branch
                ? List.copyOf(branch.entries().values())
                : tree instanceof Tree.Items items ? items.values() : List.of();
        return parts.stream().flatMap(NotifierCall::secrets);
    }
}
