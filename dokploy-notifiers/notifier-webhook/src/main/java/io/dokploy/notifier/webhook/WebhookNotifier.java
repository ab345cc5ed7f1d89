package io.dokploy.notifier.webhook;

import com.google.auto.service.AutoService;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.notifier.support.HttpAnswer;
import io.dokploy.notifier.support.HttpDelivery;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.PluginContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The notifier with the id {@code webhook}; see {@link WebhookSettings}. Without state, so thread-safe. */
@AutoService(Notifier.class)
public final class WebhookNotifier implements Notifier {

    private static final int LONGEST_BODY = 64 << 10;
    private static final int LONGEST_LINE = 4 << 10;
    private static final int MOST_FIELDS = 100;
    private static final String HMAC = "HmacSHA256";

    /** For {@link java.util.ServiceLoader}. */
    public WebhookNotifier() {}

    @Override
    public String id() {
        return WebhookSettings.ID;
    }

    @Override
    public void check(SettingsDocument settings) {
        WebhookSettings.fromDocument(settings);
    }

    @Override
    public Outcome deliver(Notification notification, SettingsDocument document, PluginContext context) {
        WebhookSettings settings = WebhookSettings.fromDocument(document);
        String json = context.json().write(bounded(notification));
        String timestamp = Long.toString(context.clock().instant().getEpochSecond());
        var headers = new TreeMap<String, String>();
        settings.headers().forEach((name, value) -> headers.put(name, value.reveal()));
        headers.put("X-Dokploy-Delivery", headerText(notification.deliveryId()));
        headers.put("X-Dokploy-Event", headerText(notification.event()));
        headers.put("X-Dokploy-Timestamp", timestamp);
        settings.signingSecret()
                .ifPresent(secret -> headers.put("X-Dokploy-Signature", signature(secret, timestamp, json)));
        return new HttpDelivery(context).post(settings.url(), headers, json, settings.timeout(), HttpAnswer::outcome);
    }

    private static String signature(Secret secret, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), HMAC));
            byte[] sum = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return "sha256=" + HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + HMAC, e);
        }
    }

    /** Receivers limit what they take; the whole story is in the operation's log. */
    private static Notification bounded(Notification notification) {
        List<Field> fields = notification.fields().stream()
                .limit(MOST_FIELDS)
                .map(field -> new Field(shortened(field.name(), LONGEST_LINE), shortened(field.value(), LONGEST_LINE)))
                .toList();
        return new Notification(
                notification.deliveryId(),
                notification.correlationKey(),
                notification.action(),
                notification.severity(),
                shortened(notification.title(), LONGEST_LINE),
                shortened(notification.body(), LONGEST_BODY),
                fields,
                notification.link(),
                notification.event(),
                notification.time());
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    /** Event types of plugins are their own texts; a header takes visible ASCII only. */
    private static String headerText(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
