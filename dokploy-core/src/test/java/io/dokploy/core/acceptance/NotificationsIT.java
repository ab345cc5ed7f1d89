package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.NotificationChannel;
import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.event.Event;
import io.dokploy.api.value.Secret;
import io.dokploy.notifier.slack.SlackSettings;
import io.dokploy.notifier.webhook.WebhookSettings;
import io.dokploy.testkit.RecordingHttpServer;
import io.dokploy.testkit.engine.HttpCall;
import io.dokploy.testkit.engine.HttpReply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deployments that fail and succeed reach their channels, also one that is dead when it happens. */
class NotificationsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SIGNING_SECRET = "a-secret-of-the-receiver";

    @TempDir
    Path directory;

    @Test
    void failureAndRecoveryAreToldToEachChannelInItsFormAndToADeadOneAfterARestart() throws Exception {
        try (var webhook = RecordingHttpServer.start();
                var slack = RecordingHttpServer.start().reply(HttpReply.ok("ok"));
                var dead = RecordingHttpServer.start().hangUp();
                var repository = new TestRepository(directory.resolve("shop"));
                var site = new Site(
                        directory.resolve("site"),
                        builder -> builder.notifier(WebhookSettings.builder(webhook.uri("/hook"))
                                        .signingSecret(Secret.of(SIGNING_SECRET))
                                        .build())
                                .notifier(SlackSettings.of(Secret.of(slack.uri("/services/T0/B0/slack-secret")
                                        .toString())))
                                .notifier(NotificationChannel.named("dead")
                                        .to(WebhookSettings.of(dead.uri("/hook")))
                                        .minimumSeverity(Event.Severity.ERROR)))) {
            repository.commitDockerfile("FROM busybox:1.37\nRUN echo '<!channel> & <b>no</b>' && exit 3\n");
            site.applications().create(Site.app("shop", repository).build());
            assertThatThrownBy(() -> site.applications().deploy("shop").await(Site.PATIENCE))
                    .isInstanceOf(BuildFailedException.class);
            repository.commit("1");
            var release = site.applications().deploy("shop").await(Site.PATIENCE);

            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> webhook.calls().size() == 2 && slack.calls().size() == 2);
            webhook.calls().forEach(NotificationsIT::isSigned);
            JsonNode failed = json(webhook.calls().get(0));
            JsonNode succeeded = json(webhook.calls().get(1));
            assertThat(failed.get("event").stringValue()).isEqualTo("deployment.failed");
            assertThat(failed.get("action").stringValue()).isEqualTo("TRIGGER");
            assertThat(failed.get("body").stringValue()).contains("<!channel> & <b>no</b>");
            assertThat(succeeded.get("event").stringValue()).isEqualTo("deployment.succeeded");
            assertThat(succeeded.get("action").stringValue()).isEqualTo("RESOLVE");
            assertThat(succeeded.get("correlationKey")).isEqualTo(failed.get("correlationKey"));
            assertThat(succeeded.get("fields").toString()).contains(release.id().value());
            JsonNode message = json(slack.calls().get(0)).get("attachments").get(0);
            assertThat(message.get("color").stringValue()).isEqualTo("#e01e5a");
            assertThat(message.get("blocks").get(0).get("text").get("text").stringValue())
                    .isEqualTo("Deployment of shop failed");
            assertThat(slack.calls().get(0).body()).doesNotContain("<!channel>");
            assertThat(message.get("blocks").findValuesAsString("type")).doesNotContain("mrkdwn");

            Awaitility.await().atMost(SOON).until(() -> !dead.calls().isEmpty());
            assertThat(site.client().notifications().test("dead").delivered()).isFalse();
            assertThat(site.client().notifications().test("slack").delivered()).isTrue();
            int tried = dead.calls().size();
            dead.reply(HttpReply.ok(""));
            site.restart();

            Awaitility.await().atMost(SOON).until(() -> dead.calls().size() > tried);
            Awaitility.await().atMost(SOON).until(() -> waiting(site, "dead") == 0);
            HttpCall arrived = dead.calls().get(dead.calls().size() - 1);
            assertThat(json(arrived).get("event").stringValue()).isEqualTo("deployment.failed");
            assertThat(arrived.headers().get("x-dokploy-delivery"))
                    .isEqualTo(dead.calls().get(0).headers().get("x-dokploy-delivery"));
            assertThat(webhook.calls()).hasSize(2);
        }
    }

    private static int waiting(Site site, String channel) {
        return site.client().notifications().channels().stream()
                .filter(status -> status.name().equals(channel))
                .findFirst()
                .orElseThrow()
                .waiting();
    }

    private static JsonNode json(HttpCall call) {
        return JsonMapper.shared().readTree(call.body());
    }

    private static void isSigned(HttpCall call) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SIGNING_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signed = call.headers().get("x-dokploy-timestamp") + "." + call.body();
            assertThat(call.headers().get("x-dokploy-signature"))
                    .isEqualTo(
                            "sha256=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
