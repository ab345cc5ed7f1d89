package com.example.dokploy;

import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.notifier.support.HttpAnswer;
import io.dokploy.notifier.support.HttpDelivery;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.PluginContext;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Sends notifications to phones by ntfy. */
public final class NtfyNotifier implements Notifier {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_MESSAGE = 3000;

    /** For {@link java.util.ServiceLoader}. */
    public NtfyNotifier() {}

    @Override
    public String id() {
        return NtfySettings.ID;
    }

    @Override
    public void check(SettingsDocument settings) {
        NtfySettings.fromDocument(settings);
    }

    @Override
    public Outcome deliver(Notification notification, SettingsDocument document, PluginContext context) {
        NtfySettings settings = NtfySettings.fromDocument(document);
        Tree.Branch message = Tree.branch()
                .put("topic", settings.topic())
                .put("title", shortened(notification.title(), LONGEST_TITLE))
                .put("message", message(notification))
                .put("priority", notification.severity() == Severity.ERROR ? 5 : 3)
                .put("click", notification.link().map(URI::toString).orElse(null))
                .build();
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + settings.token().reveal());
        return new HttpDelivery(context)
                .post(settings.server(), headers, context.json().write(message), TIMEOUT, HttpAnswer::outcome);
    }

    private static String message(Notification notification) {
        var text = new StringBuilder();
        notification.fields().stream()
                .limit(5)
                .forEach(field -> text.append(shortened(field.name(), 50))
                        .append(": ")
                        .append(shortened(field.value(), 200))
                        .append('\n'));
        return shortened(text + notification.body(), LONGEST_MESSAGE);
    }

    /** Cut between characters, never inside one. */
    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
