package io.dokploy.notifier.slack;

import io.dokploy.api.value.Tree;
import io.dokploy.api.value.Tree.Branch;
import io.dokploy.spi.Notifier.Action;
import io.dokploy.spi.Notifier.Notification;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A notification as Slack's webhook takes it: an attachment for the colour, with blocks. Texts of users are plain text
 * blocks, in which Slack interprets nothing.
 */
final class SlackMessage {

    private static final int HEADER = 150;
    private static final int SECTION = 3000;
    private static final int FIELD = 2000;
    private static final int FIELD_NAME = 200;
    private static final int FIELDS = 10;

    private final Notification notification;
    private final Optional<String> channel;

    SlackMessage(Notification notification, Optional<String> channel) {
        this.notification = notification;
        this.channel = channel;
    }

    Branch toTree() {
        String title = notification.title().isBlank() ? notification.event() : notification.title();
        var blocks = new ArrayList<Tree>();
        blocks.add(block("header").put("text", plain(title, HEADER)).build());
        if (!notification.body().isBlank()) {
            blocks.add(block("section")
                    .put("text", plain(notification.body(), SECTION))
                    .build());
        }
        if (!notification.fields().isEmpty()) {
            blocks.add(block("section").put("fields", new Tree.Items(fields())).build());
        }
        notification.link().filter(SlackMessage::isWebAddress).ifPresent(link -> blocks.add(link(link)));
        blocks.add(footer());
        var attachment = Tree.branch()
                .put("color", colour())
                .put("fallback", SlackText.of(title, HEADER))
                .put("blocks", new Tree.Items(blocks))
                .build();
        return Tree.branch()
                .put("channel", channel.orElse(null))
                .put("attachments", new Tree.Items(List.of(attachment)))
                .build();
    }

    private List<Tree> fields() {
        return notification.fields().stream()
                .limit(FIELDS)
                .<Tree>map(field -> {
                    String name = SlackText.of(field.name(), FIELD_NAME);
                    String value = SlackText.of(field.value(), FIELD - name.length() - 1);
                    return escaped(name + "\n" + value);
                })
                .toList();
    }

    private Branch footer() {
        String text = notification.event() + " · " + notification.correlationKey() + " · " + notification.time();
        return block("context")
                .put("elements", new Tree.Items(List.of(plain(text, FIELD))))
                .build();
    }

    /** A URI has neither {@code <>} nor a bar, and its {@code &} is escaped. */
    private static Branch link(URI link) {
        var text = Tree.branch()
                .put("type", "mrkdwn")
                .put("text", "<" + link.toASCIIString().replace("&", "&amp;") + "|Open>")
                .build();
        return block("section").put("text", text).build();
    }

    private static boolean isWebAddress(URI link) {
        return link.toASCIIString().matches("(?i)https?://[^<>|\\s]{1,2900}");
    }

    private String colour() {
        if (notification.action() == Action.RESOLVE) {
            return "#2eb67d";
        }
        return switch (notification.severity()) {
            case INFO -> "#36c5f0";
            case WARNING -> "#ecb22e";
            case ERROR -> "#e01e5a";
        };
    }

    private static Tree.BranchBuilder block(String type) {
        return Tree.branch().put("type", type);
    }

    private static Branch plain(String text, int most) {
        return escaped(SlackText.of(text, most));
    }

    private static Branch escaped(String text) {
        return Tree.branch()
                .put("type", "plain_text")
                .put("text", text)
                .put("emoji", false)
                .build();
    }
}
