package io.dokploy.core.notify;

import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Notifier.Action;
import io.dokploy.spi.Notifier.Field;
import io.dokploy.spi.Notifier.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what has happened. The texts are plain: the notifier escapes them for its channel. */
final class NotificationText {

    private static final int LONGEST = 16_000;

    private final Event event;
    private final Tree.Branch data;
    private final String name;

    NotificationText(Event event) {
        this.event = event;
        this.data = event.data();
        this.name = event.subject().substring(event.subject().lastIndexOf('/') + 1);
    }

    Notification toNotification(String deliveryId) {
        return new Notification(
                deliveryId,
                event.correlationKey(),
                action(),
                event.severity(),
                title(),
                shortened(body()),
                fields(),
                Optional.empty(),
                event.type(),
                event.time());
    }

    private Action action() {
        return switch (event.type()) {
            case EventType.DEPLOYMENT_FAILED,
                    EventType.BACKUP_FAILED,
                    EventType.BACKUP_MISSED,
                    EventType.BACKUP_LATE,
                    EventType.BACKUP_UNVERIFIED -> Action.TRIGGER;
            case EventType.DEPLOYMENT_SUCCEEDED, EventType.BACKUP_SUCCEEDED, EventType.BACKUP_VERIFIED ->
                Action.RESOLVE;
            default -> Action.INFORM;
        };
    }

    private String title() {
        return switch (event.type()) {
            case EventType.DEPLOYMENT_STARTED -> work() + " of " + name + " has begun";
            case EventType.DEPLOYMENT_SUCCEEDED -> work() + " of " + name + " succeeded";
            case EventType.DEPLOYMENT_FAILED -> work() + " of " + name + " failed";
            case EventType.DEPLOYMENT_CANCELLED -> work() + " of " + name + " was cancelled";
            case EventType.DEPLOYMENT_UNCHANGED -> work() + " of " + name + ": nothing has changed";
            case EventType.DOWNTIME -> name + " is down for a moment";
            case EventType.DRIFT_REPAIRED -> name + " was not as it should be";
            case EventType.NOTIFICATION_FAILED ->
                "The channel " + data.text("channel", name) + " could not be told of something";
            case EventType.BACKUP_SUCCEEDED -> backupWork() + " of " + name + " succeeded";
            case EventType.BACKUP_FAILED -> backupWork() + " of " + name + " failed";
            case EventType.BACKUP_MISSED -> "A backup of " + name + " was missed";
            case EventType.BACKUP_LATE -> "A backup of " + name + " is late";
            case EventType.BACKUP_TOO_SMALL -> "A backup of " + name + " is much smaller than those before";
            case EventType.BACKUP_VERIFIED -> "A backup of " + name + " is verified";
            case EventType.BACKUP_UNVERIFIED -> "No backup of " + name + " was verified lately";
            default -> name + ": " + event.type();
        };
    }

    private String work() {
        String kind = data.text("kind", "deploy");
        return kind.equals("deploy")
                ? "Deployment"
                : kind.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + kind.substring(1);
    }

    private String backupWork() {
        return switch (data.text("kind", "")) {
            case "backup.verify" -> "Verification of a backup";
            case "backup.restore",
                    "backup.restore-as-new",
                    "backup.restore-moment",
                    "backup.restore-moment-as-new",
                    "backup.restore-volume",
                    "backup.restore-image" -> "Restore";
            case "backup.log" -> "Storing the log";
            case "backup.prune" -> "Removal of former backups";
            default -> "Backup";
        };
    }

    private String body() {
        return switch (event.type()) {
            case EventType.DEPLOYMENT_SUCCEEDED -> String.join("\n", data.texts("domains"));
            case EventType.DEPLOYMENT_FAILED, EventType.BACKUP_FAILED ->
                data.text("reason", "") + "\n" + data.text("remedy", "");
            default ->
                data.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + words(entry.getValue()))
                        .collect(Collectors.joining("\n"));
        };
    }

    private List<Field> fields() {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Subject", event.subject()));
        fields.add(new Field("By", event.actor().name()));
        data.text("step").filter(step -> !step.isBlank()).ifPresent(step -> fields.add(new Field("Step", step)));
        data.text("schedule").ifPresent(schedule -> fields.add(new Field("Schedule", schedule)));
        data.text("backup").ifPresent(backup -> fields.add(new Field("Backup", backup)));
        data.text("release").ifPresent(release -> fields.add(new Field("Release", release)));
        data.text("commit").ifPresent(commit -> fields.add(new Field("Commit", commit)));
        data.text("message")
                .flatMap(message -> message.lines().findFirst())
                .ifPresent(line -> fields.add(new Field("Message", line)));
        event.operation().ifPresent(operation -> fields.add(new Field("Operation", operation.value())));
        return fields;
    }

    private static String words(Tree tree) {
        if (tree instanceof Tree.Text text) {
            return text.value();
        }
        if (tree instanceof Tree.Items items) {
            return items.values().stream().map(NotificationText::words).collect(Collectors.joining(", "));
        }
        if (tree instanceof Tree.Branch branch) {
            return branch.entries().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + words(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (tree instanceof Tree.Number number) {
            return Long.toString(number.value());
        }
        if (tree instanceof Tree.Decimal decimal) {
            return Double.toString(decimal.value());
        }
        return tree instanceof Tree.Flag flag ? Boolean.toString(flag.value()) : "";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST
                ? text.strip()
                : text.substring(0, LONGEST).strip() + "…";
    }
}
