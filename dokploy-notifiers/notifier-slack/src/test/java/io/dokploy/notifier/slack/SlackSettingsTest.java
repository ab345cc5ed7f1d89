package io.dokploy.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import org.junit.jupiter.api.Test;

class SlackSettingsTest {

    private static final Secret URL = Secret.of("https://hooks.slack.com/services/T0/B0/token");

    @Test
    void settingsSurviveTheirStoredForm() {
        for (var settings : new SlackSettings[] {
            SlackSettings.of(URL), SlackSettings.of(URL).channel("#deployments")
        }) {
            assertThat(SlackSettings.fromDocument(settings.toDocument())).isEqualTo(settings);
        }
        assertThat(SlackSettings.of(URL).toString()).isEqualTo("SlackSettings[hooks.slack.com]");
    }

    @Test
    void allProblemsAreInOneErrorWithoutASecret() {
        var document = new SettingsDocument(
                "slack",
                1,
                Tree.branch()
                        .put("webhookUrl", Secret.of("hidden"))
                        .put("channel", "<!channel>")
                        .put("user", "x")
                        .build());

        assertThatThrownBy(() -> SlackSettings.fromDocument(document))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("webhookUrl: must begin")
                .hasMessageContaining("channel: must be a name")
                .hasMessageContaining("user: is not a setting")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> SlackSettings.fromDocument(
                        new SettingsDocument("slack", 1, Tree.branch().build())))
                .hasMessageContaining("webhookUrl: must begin");
    }
}
