package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Notifier;
import io.dokploy.spi.Notifier.Action;
import io.dokploy.spi.Notifier.Field;
import io.dokploy.spi.Notifier.Notification;
import io.dokploy.spi.Notifier.Outcome;
import io.dokploy.testkit.engine.HttpCall;
import io.dokploy.testkit.engine.HttpReply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Notifier} that speaks HTTP promises, tested against a local server. Inherit it, and give the notifier
 * and settings that lead to that server.
 */
public abstract class NotifierContract {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONG_TEXT = 100_000;

    private final RecordingHttpServer channel = RecordingHttpServer.start();
    private final TestContext context = TestContext.create();

    /** The notifier under test. */
    protected abstract Notifier notifier();

    /** Good settings for a channel at that address, with a secret where the notifier has one. */
    protected abstract SettingsDocument settings(URI address);

    /** Settings with at least two mistakes. */
    protected abstract SettingsDocument brokenSettings();

    /** What a reader of the channel sees of a request; the default reads the body as JSON and takes all its texts. */
    protected String readByPeople(HttpCall request) {
        return String.join("\n", JsonStrings.of(request.body()));
    }

    @AfterEach
    void closeChannel() {
        channel.close();
        context.close();
    }

    @Test
    void itsIdIsStableAndLowerCase() {
        assertThat(notifier().id())
                .matches("[a-z][a-z0-9-]*")
                .isEqualTo(notifier().id());
        assertThat(settings().plugin()).isEqualTo(notifier().id());
    }

    @Test
    void goodSettingsPassWithoutACall() {
        notifier().check(settings());
        assertThat(channel.calls()).isEmpty();
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> notifier().check(brokenSettings()))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        error -> assertThat(error.problems()).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void settingsOfANewerVersionAreRefused() {
        SettingsDocument known = settings();
        var newer = new SettingsDocument(known.plugin(), 999, known.values());
        assertThatThrownBy(() -> notifier().check(newer))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("999");
    }

    @Test
    void aNotificationArrivesOnceWithAllThatItSays() {
        assertThat(deliver(notification("Deployment failed", "The build ended with 1")))
                .isEqualTo(Outcome.delivered());
        assertThat(channel.calls()).hasSize(1);
        assertThat(readByPeople(channel.calls().get(0)))
                .contains("Deployment failed", "The build ended with 1", "Application", "shop")
                .contains("https://console.example.com/operations/1");
    }

    @Test
    void everyActionAndSeverityCanBeDelivered() {
        for (Action action : Action.values()) {
            for (Severity severity : Severity.values()) {
                var notification = notification("t", "b", action, severity, Optional.empty());
                assertThat(deliver(notification)).as("%s %s", action, severity).isEqualTo(Outcome.delivered());
            }
        }
    }

    @Test
    void hostileTextArrivesAsText() {
        for (String text : List.of(
                "say \"hello\" and 'bye' \\ \\n",
                "first line\nsecond line",
                "<script>alert(1)</script> & <b>bold</b> &amp;",
                "<!channel> <@U123> <https://evil.example|click>",
                "@everyone *bold* _it_ ~no~ `code` ```block```",
                "{{ env \"PATH\" }} ${HOME} %s $(id)",
                "emoji \uD83D\uDE80 and Ünïcödé \u202E backwards")) {
            assertThat(deliver(notification("title " + text.replace('\n', ' '), text)))
                    .as(text)
                    .isEqualTo(Outcome.delivered());
            assertThat(readByPeople(last())).as("body").contains(text);
        }
    }

    @Test
    void controlCharactersDoNoHarm() {
        assertThat(deliver(notification("bell \u0007 nul \u0000 escape \u001b[31m", "before\u0000\u0001after\r\n")))
                .isEqualTo(Outcome.delivered());
        assertThat(readByPeople(last())).contains("before").contains("after");
    }

    @Test
    void aVeryLongTextArrivesWholeOrCut() {
        assertThat(deliver(notification("long", "begin " + "\uD83D\uDE80x".repeat(LONG_TEXT / 3))))
                .isEqualTo(Outcome.delivered());
        String read = readByPeople(last());
        assertThat(read).contains("begin \uD83D\uDE80x");
        assertThat(read.chars().filter(c -> Character.isSurrogate((char) c)).count() % 2)
                .as("no character is cut in two")
                .isZero();
        assertThat(last().body().length()).isLessThan(10 * LONG_TEXT);
    }

    @Test
    void aBusyChannelIsTriedAgainWhenItSays() {
        channel.reply(new HttpReply(429, Map.of("Retry-After", "7"), "slow down"));
        assertThat(deliver())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).contains(Duration.ofSeconds(7)));
        channel.reply(new HttpReply(503, Map.of("Retry-After", "120"), ""));
        assertThat(deliver())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).contains(Duration.ofSeconds(120)));
        channel.reply(new HttpReply(429, Map.of("Retry-After", "soon"), ""));
        assertThat(deliver()).as("with a Retry-After that says nothing").isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void aBrokenChannelIsTriedAgain() {
        for (int status : new int[] {500, 502, 503, 504}) {
            channel.reply(HttpReply.status(status, "oops"));
            assertThat(deliver()).as("status %d", status).isInstanceOf(Outcome.Retry.class);
        }
        channel.hangUp();
        assertThat(deliver()).as("the connection is cut").isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void whatTheChannelDoesNotWantIsNotTriedAgain() {
        for (int status : new int[] {400, 401, 403, 404, 410, 422}) {
            channel.reply(HttpReply.status(status, "no"));
            assertThat(deliver()).as("status %d", status).isInstanceOf(Outcome.Rejected.class);
        }
    }

    @Test
    void aChannelThatIsAwayIsTriedAgain() {
        URI address = channel.uri("/hook");
        channel.close();
        assertThat(notifier().deliver(notification("t", "b"), settings(address), context))
                .isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void aSilentChannelIsGivenUpInTime() throws Exception {
        channel.neverAnswer();
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(this::deliver);
        assertThat(outcome.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void noSecretIsToldEvenIfTheChannelEchoesIt() {
        List<String> secrets = sealed(settings().values()).toList();
        String echo = String.join(" ", secrets);
        for (int status : new int[] {200, 400, 500}) {
            channel.reply(HttpReply.status(status, echo));
            String told = deliver() + String.join("\n", context.progressLines());
            assertThat(secrets).as("status %d", status).noneMatch(told::contains);
        }
    }

    @Test
    void anInterruptIsKept() {
        Thread.currentThread().interrupt();
        try {
            assertThat(deliver()).isInstanceOfAny(Outcome.Retry.class, Outcome.Delivered.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    private Outcome deliver() {
        return deliver(notification("title", "body"));
    }

    private Outcome deliver(Notification notification) {
        return notifier().deliver(notification, settings(), context);
    }

    private SettingsDocument settings() {
        return settings(channel.uri("/hook"));
    }

    private HttpCall last() {
        return channel.calls().get(channel.calls().size() - 1);
    }

    private Notification notification(String title, String body) {
        Optional<URI> link = Optional.of(URI.create("https://console.example.com/operations/1"));
        return notification(title, body, Action.TRIGGER, Severity.ERROR, link);
    }

    private Notification notification(String title, String body, Action action, Severity severity, Optional<URI> link) {
        return new Notification(
                "delivery-1",
                "default/production/shop",
                action,
                severity,
                title,
                body,
                List.of(new Field("Application", "shop"), new Field("Commit", "0123456789")),
                link,
                "deployment.failed",
                context.clock().instant());
    }

    private static Stream<String> sealed(Tree tree) {
        if (tree instanceof Tree.Sealed sealed) {
            return Stream.of(sealed.secret().reveal());
        }
        if (tree instanceof Tree.Branch branch) {
            return branch.entries().values().stream().flatMap(NotifierContract::sealed);
        }
        return tree instanceof Tree.Items items
                ? items.values().stream().flatMap(NotifierContract::sealed)
                : Stream.empty();
    }
}
