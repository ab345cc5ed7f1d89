package io.dokploy.api;

import io.dokploy.api.error.Problems;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.ResourceName;
import io.dokploy.api.value.SettingsDocument;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is told of what happens. Immutable: each method that sets something returns a changed channel.
 *
 * <pre>{@code
 * NotificationChannel.named("ops").to(slack).minimumSeverity(Event.Severity.ERROR)
 * }</pre>
 *
 * @param name            keeps the same channel the same over restarts and changes of its settings: what waits for it and
 *                        how far it has read the events is kept under this name. A {@link ResourceName}
 * @param settings        of the notifier plugin that delivers
 * @param minimumSeverity events below it are not told
 * @param eventTypes      events of other types are not told
 */
public record NotificationChannel(
        String name, SettingsDocument settings, Event.Severity minimumSeverity, Set<String> eventTypes) {

    /** What a channel is told of unless it says otherwise: the end of deployments and backups, and what somebody should look at. */
    public static final Set<String> DEFAULT_EVENT_TYPES = Set.of(
            EventType.DEPLOYMENT_SUCCEEDED,
            EventType.DEPLOYMENT_FAILED,
            EventType.DOWNTIME,
            EventType.DRIFT_REPAIRED,
            EventType.NOTIFICATION_FAILED,
            EventType.BACKUP_SUCCEEDED,
            EventType.BACKUP_FAILED,
            EventType.BACKUP_MISSED,
            EventType.BACKUP_LATE,
            EventType.BACKUP_TOO_SMALL,
            EventType.BACKUP_UNVERIFIED);

    public NotificationChannel {
        eventTypes = java.util.Collections.unmodifiableSet(new TreeSet<>(eventTypes));
        var problems = Problems.of("notification channel");
        ResourceName.check(problems, "name", name);
        problems.require(!eventTypes.isEmpty(), "eventTypes", "must name at least one type of events")
                .throwIfAny();
    }

    /** Begins a channel of that name. */
    public static Naming named(String name) {
        return settings -> new NotificationChannel(
                name, settings.toDocument(), Event.Severity.INFO, NotificationChannel.DEFAULT_EVENT_TYPES);
    }

    /** A channel that has a name and needs settings. */
    @FunctionalInterface
    public interface Naming {

        /** The channel to where these settings of a notifier say, for {@link #DEFAULT_EVENT_TYPES}. */
        NotificationChannel to(PluginSettings settings);
    }

    /** The same, but told of events of that severity and worse only. Default: of all. */
    public NotificationChannel minimumSeverity(Event.Severity severity) {
        return new NotificationChannel(name, settings, severity, eventTypes);
    }

    /** The same, but told of events of these types only, which may be those of plugins. See {@link EventType}. */
    public NotificationChannel onlyEvents(String... types) {
        return new NotificationChannel(name, settings, minimumSeverity, Set.copyOf(List.of(types)));
    }

    /** The same, also told of events of these types. */
    public NotificationChannel alsoEvents(String... types) {
        var all = new TreeSet<>(eventTypes);
        all.addAll(List.of(types));
        return new NotificationChannel(name, settings, minimumSeverity, all);
    }

    /** Whether this channel is told of such an event. */
    public boolean wants(Event event) {
        return eventTypes.contains(event.type()) && event.severity().compareTo(minimumSeverity) >= 0;
    }
}
