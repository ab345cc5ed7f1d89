package io.dokploy.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Notifier;
import io.dokploy.testkit.NotifierContract;
import io.dokploy.testkit.RecordingHttpServer;
import io.dokploy.testkit.TestContext;
import io.dokploy.testkit.engine.HttpCall;
import io.dokploy.testkit.engine.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookNotifierTest extends NotifierContract {

    private static final String SECRET = "0123456789abcdef";

    @Override
    protected Notifier notifier() {
        return new WebhookNotifier();
    }

    @Override
    protected SettingsDocument settings(URI address) {
        return WebhookSettings.builder(URI.create(address + "?token=hidden-token"))
                .signingSecret(Secret.of(SECRET))
                .header("Authorization", Secret.of("Bearer hidden-bearer"))
                .timeout(Duration.ofSeconds(2))
                .build()
                .toDocument();
    }

    @Override
    protected SettingsDocument brokenSettings() {
        return new SettingsDocument(
                "webhook",
                1,
                Tree.branch()
                        .put("url", Secret.of("none"))
                        .put("signingSecret", Secret.of("short"))
                        .build());
    }

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Notifier.class)).hasAtLeastOneElementOfType(WebhookNotifier.class);
    }

    /** As the docstring of the settings tells receivers to. */
    @Test
    void aReceiverCanCheckTheSignature() throws GeneralSecurityException {
        try (var server = RecordingHttpServer.start();
                var context = TestContext.create()) {
            deliver(server, context);

            HttpCall call = server.calls().get(0);
            String timestamp = call.headers().get("x-dokploy-timestamp");
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            byte[] sum = mac.doFinal(call.body().getBytes(StandardCharsets.UTF_8));
            assertThat(call.headers())
                    .containsEntry(
                            "x-dokploy-signature", "sha256=" + HexFormat.of().formatHex(sum))
                    .containsEntry("x-dokploy-delivery", "delivery-1")
                    .containsEntry("x-dokploy-event", "deployment.failed")
                    .containsEntry("authorization", "Bearer hidden-bearer");
            assertThat(Long.parseLong(timestamp))
                    .isEqualTo(context.clock().instant().getEpochSecond());
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (var server = RecordingHttpServer.start();
                var context = TestContext.create()) {
            server.reply(new HttpReply(
                    302, Map.of("Location", server.uri("/elsewhere").toString()), ""));

            assertThat(deliver(server, context))
                    .isInstanceOfSatisfying(
                            Notifier.Outcome.Rejected.class,
                            rejected -> assertThat(rejected.reason()).contains("redirect"));
            assertThat(server.calls()).hasSize(1);
        }
    }

    @Test
    void retryAfterMayBeADate() {
        try (var server = RecordingHttpServer.start();
                var context = TestContext.create()) {
            String then = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    context.clock().instant().plusSeconds(90).atOffset(ZoneOffset.UTC));
            server.reply(new HttpReply(503, Map.of("Retry-After", then), ""));

            assertThat(deliver(server, context))
                    .isInstanceOfSatisfying(
                            Notifier.Outcome.Retry.class,
                            retry -> assertThat(retry.after().orElseThrow().toSeconds())
                                    .isBetween(89L, 90L));
        }
    }

    @Test
    void anEndlessAnswerDoesNoHarm() {
        try (var server = RecordingHttpServer.start();
                var context = TestContext.create()) {
            server.reply(HttpReply.status(200, "x".repeat(10_000_000)));

            assertThat(deliver(server, context)).isEqualTo(Notifier.Outcome.delivered());
        }
    }

    private Notifier.Outcome deliver(RecordingHttpServer server, TestContext context) {
        var notification = new Notifier.Notification(
                "delivery-1",
                "shop",
                Notifier.Action.TRIGGER,
                Severity.ERROR,
                "title",
                "body ü",
                List.of(),
                Optional.empty(),
                "deployment.failed",
                context.clock().instant());
        return notifier().deliver(notification, settings(server.uri("/hook")), context);
    }
}
