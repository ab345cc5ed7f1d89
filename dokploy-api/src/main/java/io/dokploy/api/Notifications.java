package io.dokploy.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The channels that this instance tells of what happens. Each event that a channel {@link NotificationChannel#wants} is
 * delivered at least once, also if the channel or this instance is down when it happens; given up after a day, which is
 * an event of its own. Thread-safe.
 */
public interface Notifications {

    /** The channels, by name, and what waits for each. */
    List<ChannelStatus> channels();

    /**
     * Sends a test notification now, past what waits, once, and says what came of it.
     *
     * @throws io.dokploy.api.error.NotFoundException      if there is no such channel
     * @throws io.dokploy.api.error.PluginMissingException if its notifier is not installed
     */
    TestResult test(String channel);

    /**
     * How a channel is.
     *
     * @param name        of the channel
     * @param plugin      that delivers
     * @param waiting     how many notifications wait for it
     * @param pausedUntil when it may be asked again, if it has said that it has too much
     */
    record ChannelStatus(String name, String plugin, int waiting, Optional<Instant> pausedUntil) {}

    /**
     * What came of a test.
     *
     * @param delivered  whether the channel has it
     * @param answer     why not, empty if it was delivered; secrets are masked
     * @param permanent  whether a notification would be given up because of this answer; if not, it would be tried again
     * @param retryAfter what the channel said about when to try again
     */
    record TestResult(boolean delivered, String answer, boolean permanent, Optional<Duration> retryAfter) {}
}
