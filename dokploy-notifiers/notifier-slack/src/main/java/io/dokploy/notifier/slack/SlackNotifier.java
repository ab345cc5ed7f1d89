package io.dokploy.notifier.slack;

import com.google.auto.service.AutoService;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.notifier.support.HttpAnswer;
import io.dokploy.notifier.support.HttpDelivery;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.PluginContext;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The notifier with the id {@code slack}; see {@link SlackSettings}. Without state, so thread-safe. */
@AutoService(Notifier.class)
public final class SlackNotifier implements Notifier {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,60}");

    private static final Map<String, String> KNOWN_ERRORS = Map.of(
            "invalid_payload", "it does not take the message",
            "channel_not_found", "there is no such channel",
            "channel_is_archived", "the channel is archived",
            "no_service", "the webhook was removed or switched off",
            "no_team", "the workspace is gone",
            "invalid_token", "the webhook's address is not valid any more",
            "action_prohibited", "an administrator has forbidden it",
            "posting_to_general_channel_denied", "an administrator has forbidden posts to that channel");

    /** For {@link java.util.ServiceLoader}. */
    public SlackNotifier() {}

    @Override
    public String id() {
        return SlackSettings.ID;
    }

    @Override
    public void check(SettingsDocument settings) {
        SlackSettings.fromDocument(settings);
    }

    @Override
    public Outcome deliver(Notification notification, SettingsDocument document, PluginContext context) {
        SlackSettings settings = SlackSettings.fromDocument(document);
        String json = context.json().write(new SlackMessage(notification, settings.channel()).toTree());
        return new HttpDelivery(context).post(settings.webhookUrl(), Map.of(), json, TIMEOUT, SlackNotifier::judge);
    }

    /** Slack's own answer is the word ok, or the code of an error; other answers are not repeated to anybody. */
    private static Outcome judge(HttpAnswer answer) {
        String text = answer.text().strip();
        Outcome byStatus = answer.outcome();
        boolean isCode = ERROR_CODE.matcher(text).matches() && !text.equals("ok");
        if (byStatus instanceof Outcome.Delivered) {
            return text.equals("ok") || text.isEmpty()
                    ? byStatus
                    : Outcome.rejected(answer.host() + " answered " + answer.status() + " but not \"ok\""
                            + (isCode ? ": " + text : "; is it the address of a webhook?"));
        }
        if (byStatus instanceof Outcome.Rejected rejected && isCode) {
            String words = KNOWN_ERRORS.getOrDefault(text, "it does not say more");
            return Outcome.rejected(rejected.reason() + " " + text + ": " + words);
        }
        return byStatus;
    }
}
