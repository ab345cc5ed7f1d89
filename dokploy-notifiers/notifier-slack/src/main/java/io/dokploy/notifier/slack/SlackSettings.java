package io.dokploy.notifier.slack;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.api.value.Tree;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The incoming webhook of a Slack channel. Immutable. */
public final class SlackSettings implements PluginSettings {

    static final String ID = "slack";
    static final int VERSION = 1;

    private static final Pattern CHANNEL = Pattern.compile("[#@]?[\\p{L}\\p{N}._-]{1,80}");

    private final Secret webhookUrl;
    private final @Nullable String channel;

    private SlackSettings(Secret webhookUrl, @Nullable String channel) {
        this.webhookUrl = webhookUrl;
        this.channel = channel;
    }

    /**
     * Posts to the webhook's own channel.
     *
     * @param webhookUrl as Slack shows it: {@code https://hooks.slack.com/services/…}
     * @throws io.dokploy.api.error.InvalidSpecException if it is no address
     */
    public static SlackSettings of(Secret webhookUrl) {
        return checked(webhookUrl, null, Problems.of("settings of " + ID));
    }

    /**
     * Reads settings back.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems; also for fields and versions that this
     *         plugin does not know
     */
    public static SlackSettings fromDocument(SettingsDocument document) {
        var reader = SettingsReader.of(document, ID, VERSION);
        Secret url = reader.secret("webhookUrl").orElse(Secret.of(""));
        String channel = reader.text("channel").orElse(null);
        return checked(url, channel, reader.problems());
    }

    /**
     * The same for another channel, which only webhooks of old integrations and of compatible servers obey.
     *
     * @throws io.dokploy.api.error.InvalidSpecException if it is no name of a channel
     */
    public SlackSettings channel(String name) {
        return checked(webhookUrl, name, Problems.of("settings of " + ID));
    }

    @Override
    public SettingsDocument toDocument() {
        return new SettingsDocument(
                ID,
                VERSION,
                Tree.branch()
                        .put("webhookUrl", webhookUrl)
                        .put("channel", channel)
                        .build());
    }

    URI webhookUrl() {
        return URI.create(webhookUrl.reveal());
    }

    Optional<String> channel() {
        return Optional.ofNullable(channel);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlackSettings settings && toDocument().equals(settings.toDocument());
    }

    @Override
    public int hashCode() {
        return toDocument().hashCode();
    }

    /** Names the host alone. */
    @Override
    public String toString() {
        return "SlackSettings[" + webhookUrl().getHost() + "]";
    }

    private static SlackSettings checked(Secret url, @Nullable String channel, Problems problems) {
        problems.require(isAddress(url.reveal()), "webhookUrl", "must begin with https:// and name a host");
        problems.require(
                channel == null || CHANNEL.matcher(channel).matches(),
                "channel",
                "must be a name such as #deployments");
        problems.throwIfAny();
        return new SlackSettings(url, channel);
    }

    /** Plain HTTP is for compatible servers in a private network. */
    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            return Set.of("https", "http").contains(scheme)
                    && address.getHost() != null
                    && address.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
