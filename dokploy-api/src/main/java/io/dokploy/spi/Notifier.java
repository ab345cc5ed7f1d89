package io.dokploy.spi;

import io.dokploy.api.value.SettingsDocument;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Delivers notifications to a channel. Called at least once for each notification and channel, one call at a time for
 * each channel; the same delivery id means the same notification. Must end within 30 seconds: then the cancel token
 * fires, the thread is interrupted, and it counts as {@code retry}.
 */
public interface Notifier extends Plugin {

    /**
     * Checks settings when they are given to the builder, so that mistakes show early. Does no I/O.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems
     */
    void check(SettingsDocument settings);

    /** Delivers one notification. Prefers to return an outcome over throwing; what it throws counts as {@code retry}. */
    Outcome deliver(Notification notification, SettingsDocument settings, PluginContext context);

    /**
     * What to tell. All texts are plain: the notifier escapes them for its channel.
     *
     * @param deliveryId     the same for all tries
     * @param correlationKey the same for a problem and its end
     * @param action         whether it begins or ends a problem, or just informs
     * @param severity       how bad
     * @param title          one line
     * @param body           some lines
     * @param fields         names and values: {@code Application: shop}
     * @param link           where to look, if the host has such an address
     * @param event          the type of the event behind it
     * @param time           when it happened
     */
    record Notification(
            String deliveryId,
            String correlationKey,
            Action action,
            io.dokploy.api.event.Event.Severity severity,
            String title,
            String body,
            List<Field> fields,
            Optional<URI> link,
            String event,
            Instant time) {
        public Notification {
            fields = List.copyOf(fields);
        }
    }

    /** A name and a value. */
    record Field(String name, String value) {}

    /** What a notification does to the problem that it is about. */
    enum Action {
        /** Nothing: just for information. */
        INFORM,
        /** It begins or goes on. */
        TRIGGER,
        /** It is over. */
        RESOLVE
    }

    /** What came of a delivery. */
    sealed interface Outcome {

        /** The channel has it. */
        record Delivered() implements Outcome {}

        /**
         * Try again.
         *
         * @param reason why it did not work
         * @param after  not before, if the channel said so
         */
        record Retry(String reason, Optional<Duration> after) implements Outcome {}

        /**
         * Never try again: the channel does not want it.
         *
         * @param reason why
         */
        record Rejected(String reason) implements Outcome {}

        /** The channel has it. */
        static Outcome delivered() {
            return new Delivered();
        }

        /** Try again some time. */
        static Outcome retry(String reason) {
            return new Retry(reason, Optional.empty());
        }

        /** Try again, but not before. */
        static Outcome retryAfter(String reason, Duration after) {
            return new Retry(reason, Optional.of(after));
        }

        /** Never again. */
        static Outcome rejected(String reason) {
            return new Rejected(reason);
        }
    }
}
