package io.dokploy.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSettingsTest {

    private static final URI URL = URI.create("https://hooks.example.com/path-token?key=query-token");

    @Test
    void settingsSurviveTheirStoredForm() {
        var all = WebhookSettings.builder(URL)
                .signingSecret(Secret.of("0123456789abcdef"))
                .header("Authorization", Secret.of("Bearer x"))
                .timeout(Duration.ofSeconds(3))
                .build();

        assertThat(WebhookSettings.fromDocument(all.toDocument()))
                .isEqualTo(all)
                .isNotEqualTo(WebhookSettings.of(URL));
        assertThat(WebhookSettings.fromDocument(WebhookSettings.of(URL).toDocument()))
                .isEqualTo(WebhookSettings.of(URL));
    }

    @Test
    void theAddressIsASecret() {
        assertThat(WebhookSettings.of(URL).toString()).isEqualTo("WebhookSettings[hooks.example.com]");
        assertThat(WebhookSettings.of(URL).toDocument().toString()).doesNotContain("token");
    }

    @Test
    void allProblemsAreInOneErrorWithoutASecret() {
        var document = new SettingsDocument(
                "webhook",
                1,
                Tree.branch()
                        .put("url", Secret.of("ftp://user:hidden@example.com"))
                        .put("signingSecret", Secret.of("hidden"))
                        .putSecrets(
                                "headers",
                                Map.of(
                                        "Host", Secret.of("hidden"),
                                        "X-Dokploy-Signature", Secret.of("hidden"),
                                        "X-A", Secret.of("hidden\r\nX-B: c"),
                                        "a b", Secret.of("hidden")))
                        .put("timeoutMillis", 60_000)
                        .put("retries", 3)
                        .build());

        assertThatThrownBy(() -> WebhookSettings.fromDocument(document))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("url: must begin with")
                .hasMessageContaining("url: must not hold a password")
                .hasMessageContaining("signingSecret: must have at least 16")
                .hasMessageContaining("headers.Host: is set by the notifier")
                .hasMessageContaining("headers.X-Dokploy-Signature: is set by the notifier")
                .hasMessageContaining("headers.X-A: must be visible ASCII")
                .hasMessageContaining("headers: there is a name")
                .hasMessageContaining("timeout: must be between")
                .hasMessageContaining("retries: is not a setting")
                .hasMessageNotContaining("hidden");
    }
}
