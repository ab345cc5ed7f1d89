package io.dokploy.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.Notifier.Action;
import io.dokploy.spi.Notifier.Field;
import io.dokploy.spi.Notifier.Notification;
import io.dokploy.spi.Notifier.Outcome;
import io.dokploy.testkit.NotifierContract;
import io.dokploy.testkit.RecordingHttpServer;
import io.dokploy.testkit.TestContext;
import io.dokploy.testkit.engine.HttpCall;
import io.dokploy.testkit.engine.HttpReply;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlackNotifierTest extends NotifierContract {

    @Override
    protected Notifier notifier() {
        return new SlackNotifier();
    }

    @Override
    protected SettingsDocument settings(URI address) {
        return SlackSettings.of(Secret.of(address + "/T0/hidden-token")).toDocument();
    }

    @Override
    protected SettingsDocument brokenSettings() {
        return new SettingsDocument(
                "slack", 1, Tree.branch().put("channel", "<!channel>").build());
    }

    @Override
    protected String readByPeople(HttpCall request) {
        return super.readByPeople(request)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Notifier.class)).hasAtLeastOneElementOfType(SlackNotifier.class);
    }

    @Test
    void theLimitsOfSlackAreKept() {
        String text = "&".repeat(5000);
        var fields = IntStream.range(0, 50).mapToObj(i -> new Field(text, text)).toList();
        var message = new SlackMessage(
                        notification(Action.TRIGGER, Severity.ERROR, text, text, fields), Optional.empty())
                .toTree();

        Tree.Branch attachment = (Tree.Branch) items(message, "attachments").get(0);
        List<Tree> blocks = items(attachment, "blocks");
        assertThat(textOf(blocks.get(0)).length()).isBetween(140, 150);
        assertThat(textOf(blocks.get(1)).length()).isBetween(2990, 3000);
        assertThat(items((Tree.Branch) blocks.get(2), "fields"))
                .hasSize(10)
                .allSatisfy(field -> assertThat(
                                ((Tree.Branch) field).text("text", "").length())
                        .isBetween(1990, 2000));
    }

    @Test
    void theColourTellsHowBadItIs() {
        assertThat(colour(Action.TRIGGER, Severity.ERROR)).isEqualTo("#e01e5a");
        assertThat(colour(Action.INFORM, Severity.WARNING)).isEqualTo("#ecb22e");
        assertThat(colour(Action.INFORM, Severity.INFO)).isEqualTo("#36c5f0");
        assertThat(colour(Action.RESOLVE, Severity.ERROR)).isEqualTo("#2eb67d");
    }

    @Test
    void theAnswersOfSlackAreUnderstood() {
        assertThat(outcome(200, "ok")).isEqualTo(Outcome.delivered());
        assertThat(outcome(200, "<html>")).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome(400, "invalid_payload").toString()).contains("invalid_payload: it does not take");
        assertThat(outcome(404, "channel_not_found"))
                .isInstanceOf(Outcome.Rejected.class)
                .asString()
                .contains("there is no such channel");
        assertThat(outcome(403, "<b>some page</b>").toString()).doesNotContain("page");
        assertThat(outcome(500, "rollup_error")).isInstanceOf(Outcome.Retry.class);
    }

    private Outcome outcome(int status, String text) {
        try (var server = RecordingHttpServer.start();
                var context = TestContext.create()) {
            server.reply(HttpReply.status(status, text));
            var notification = notification(Action.INFORM, Severity.INFO, "t", "b", List.of());
            return notifier().deliver(notification, settings(server.uri("/hook")), context);
        }
    }

    private static String colour(Action action, Severity severity) {
        var message = new SlackMessage(notification(action, severity, "t", "b", List.of()), Optional.empty()).toTree();
        return ((Tree.Branch) items(message, "attachments").get(0)).text("color", "");
    }

    private static List<Tree> items(Tree.Branch branch, String name) {
        return ((Tree.Items) branch.get(name).orElseThrow()).values();
    }

    private static String textOf(Tree block) {
        return ((Tree.Branch) block).branch("text").text("text", "");
    }

    private static Notification notification(
            Action action, Severity severity, String title, String body, List<Field> fields) {
        return new Notification(
                "delivery-1",
                "shop",
                action,
                severity,
                title,
                body,
                fields,
                Optional.empty(),
                "deployment.failed",
                Instant.EPOCH);
    }
}
