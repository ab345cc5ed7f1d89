package io.dokploy.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Actor;
import io.dokploy.api.NotificationChannel;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.core.local.LocalCaches;
import io.dokploy.core.plugin.Contexts;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.core.store.TestDatabase;
import io.dokploy.notifier.webhook.WebhookNotifier;
import io.dokploy.notifier.webhook.WebhookSettings;
import io.dokploy.spi.Notifier;
import io.dokploy.testkit.RecordingHttpServer;
import io.dokploy.testkit.VirtualTime;
import io.dokploy.testkit.engine.HttpCall;
import io.dokploy.testkit.engine.HttpReply;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What channels are promised on every database. The time stands still but where a test moves it. */
abstract class NotificationContract {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MOST_WAITING = 50;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final VirtualTime time = VirtualTime.manual();
    private final RecordingHttpServer server = RecordingHttpServer.start();
    private final InMemoryEngine engine = InMemoryEngine.create();
    private TestDatabase database;
    private StoreAccess store;

    abstract TestDatabase newDatabase(Path place);

    @BeforeEach
    void open() {
        database = newDatabase(directory.resolve("store"));
        store = database.open(time);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
        server.close();
        engine.close();
    }

    @Test
    void aChannelIsToldOnceOfWhatItWantsAndOfNothingElse() throws Exception {
        var worker = worker(webhook("ops"));
        happened(EventType.STEP_STARTED, "shop", Severity.INFO);
        happened(EventType.DEPLOYMENT_SUCCEEDED, "shop", Severity.INFO);
        happened(EventType.DEPLOYMENT_FAILED, "blog", Severity.ERROR);
        happened("plugin.said", "shop", Severity.ERROR);

        worker.work();
        worker.work();

        assertThat(told()).containsExactly(EventType.DEPLOYMENT_SUCCEEDED, EventType.DEPLOYMENT_FAILED);
        assertThat(waiting("ops")).isZero();
    }

    @Test
    void aChannelChoosesSeverityAndTypes() throws Exception {
        var worker = worker(webhook("ops").alsoEvents("plugin.said").minimumSeverity(Severity.WARNING));
        happened(EventType.DEPLOYMENT_SUCCEEDED, "shop", Severity.INFO);
        happened(EventType.DOWNTIME, "shop", Severity.WARNING);
        happened("plugin.said", "shop", Severity.ERROR);

        worker.work();

        assertThat(told()).containsExactly(EventType.DOWNTIME, "plugin.said");
    }

    @Test
    void whatHappenedBeforeTheChannelWasThereIsNotTold() throws Exception {
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);

        worker(webhook("ops")).work();

        assertThat(server.calls()).isEmpty();
    }

    @Test
    void whatHappensWhileNobodyTellsItIsToldAfterTheNextStart() throws Exception {
        worker(webhook("ops")).work();
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
        store.close();
        time.advance(Duration.ofHours(20));

        store = database.open(time);
        worker(webhook("ops")).work();

        assertThat(told()).containsExactly(EventType.DEPLOYMENT_FAILED);
    }

    @Test
    void anEventThatIsRolledBackIsNeverTold() throws Exception {
        var worker = worker(webhook("ops"));
        try {
            store.useTransaction(() -> {
                happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
                throw new IllegalStateException("rolled back");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("rolled back");
        }

        worker.work();

        assertThat(server.calls()).isEmpty();
    }

    @Test
    void aFailedDeliveryIsTriedAgainLaterEachTimeUnderTheSameId() throws Exception {
        var worker = worker(webhook("ops"));
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
        server.reply(HttpReply.status(503, "down"));

        List<Long> pauses = new ArrayList<>();
        worker.work();
        for (int tries = 1; tries < 10; tries++) {
            long waited = 0;
            while (server.calls().size() == tries) {
                time.advance(Duration.ofSeconds(1));
                waited++;
                worker.work();
            }
            pauses.add(waited);
        }
        server.reply(HttpReply.ok(""));
        time.advance(Duration.ofMinutes(13));
        worker.work();

        assertThat(pauses.get(0)).isBetween(3L, 7L);
        assertThat(pauses.get(3)).isBetween(30L, 51L);
        assertThat(pauses).allMatch(pause -> pause <= 751);
        assertThat(server.calls()).hasSize(11);
        assertThat(server.calls().stream().map(call -> call.headers().get("x-dokploy-delivery")))
                .allMatch(id -> id.equals(server.calls().get(0).headers().get("x-dokploy-delivery")));
        assertThat(server.calls().stream().map(NotificationContract::correlationKey))
                .containsOnly("app-shop");
        assertThat(waiting("ops")).isZero();
    }

    @Test
    void aChannelThatWantsAPauseGetsItForEverythingAlsoAfterARestart() throws Exception {
        var worker = worker(webhook("ops"));
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
        server.reply(new HttpReply(429, Map.of("Retry-After", "120"), ""));
        worker.work();
        server.reply(HttpReply.ok(""));
        happened(EventType.DEPLOYMENT_FAILED, "blog", Severity.ERROR);
        time.advance(Duration.ofSeconds(100));
        worker.work();
        assertThat(server.calls()).hasSize(1);
        store.close();
        store = database.open(time);
        var next = worker(webhook("ops"));
        next.work();
        assertThat(server.calls()).hasSize(1);

        time.advance(Duration.ofSeconds(21));
        next.work();

        assertThat(server.calls()).hasSize(3);
    }

    @Test
    void aProblemIsNeverToldAfterItsEnd() throws Exception {
        var worker = worker(webhook("ops"));
        server.reply(HttpReply.status(500, ""));
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
        worker.work();
        server.reply(HttpReply.ok(""));
        happened(EventType.DEPLOYMENT_SUCCEEDED, "shop", Severity.INFO);
        happened(EventType.DEPLOYMENT_SUCCEEDED, "blog", Severity.INFO);
        worker.work();
        assertThat(server.calls()).hasSize(2);

        time.advance(Duration.ofSeconds(10));
        worker.work();

        assertThat(told().subList(2, 4)).containsExactly(EventType.DEPLOYMENT_FAILED, EventType.DEPLOYMENT_SUCCEEDED);
        assertThat(server.calls().stream().skip(2).map(NotificationContract::correlationKey))
                .containsOnly("app-shop");
    }

    @Test
    void aFinalRejectionIsAnEventThatOtherChannelsAreTold() throws Exception {
        var broken = worker(webhook("broken"));
        try (var other = RecordingHttpServer.start()) {
            var ops = worker(NotificationChannel.named("ops").to(WebhookSettings.of(other.uri("/hook"))));
            happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
            server.reply(HttpReply.status(404, ""));

            broken.work();
            ops.work();
            broken.work();

            Event failed = newest();
            assertThat(failed.type()).isEqualTo(EventType.NOTIFICATION_FAILED);
            assertThat(failed.data().text("channel")).contains("broken");
            assertThat(failed.data().text("reason").orElseThrow()).contains("404");
            assertThat(failed.data().text("event")).contains(EventType.DEPLOYMENT_FAILED);
            assertThat(other.calls()).hasSize(2);
            assertThat(server.calls()).hasSize(1);
            assertThat(waiting("broken")).isZero();
        }
    }

    @Test
    void twoBrokenChannelsDoNotTellEachOtherForEver() throws Exception {
        var one = worker(webhook("one"));
        var two = worker(webhook("two"));
        server.reply(HttpReply.status(404, ""));
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);

        for (int i = 0; i < 5; i++) {
            one.work();
            two.work();
        }

        assertThat(server.calls()).hasSize(4);
    }

    @Test
    void afterADayItIsGivenUp() throws Exception {
        var worker = worker(webhook("ops"));
        server.reply(HttpReply.status(503, ""));
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
        for (int i = 0; i < 24 * 6 + 2 && waiting("ops") > 0 | i == 0; i++) {
            worker.work();
            time.advance(Duration.ofMinutes(10));
        }

        assertThat(waiting("ops")).isZero();
        assertThat(newest().type()).isEqualTo(EventType.NOTIFICATION_FAILED);
        assertThat(newest().data().text("reason").orElseThrow()).contains("503").contains("times");
    }

    @Test
    void whatIsOlderThanADayWhenTheChannelComesBackIsNotTold() throws Exception {
        worker(webhook("ops")).work();
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
        time.advance(Duration.ofHours(25));
        happened(EventType.DEPLOYMENT_SUCCEEDED, "shop", Severity.INFO);

        worker(webhook("ops")).work();

        assertThat(told()).containsExactly(EventType.DEPLOYMENT_SUCCEEDED);
    }

    @Test
    void aChannelThatTakesNothingDoesNotFillTheStoreAndMissesNothing() throws Exception {
        var worker = worker(webhook("ops"));
        server.reply(new HttpReply(429, Map.of("Retry-After", "60"), ""));
        store.useTransaction(() -> {
            for (int i = 0; i < 75; i++) {
                happened(EventType.DEPLOYMENT_FAILED, "shop" + i, Severity.ERROR);
            }
        });
        worker.work();
        worker.work();
        assertThat(waiting("ops")).isEqualTo(MOST_WAITING);

        server.reply(HttpReply.ok(""));
        time.advance(Duration.ofMinutes(2));
        worker.work();
        worker.work();

        assertThat(server.calls()).hasSize(76);
        assertThat(waiting("ops")).isZero();
    }

    @Test
    void whatADeadProcessWasDeliveringIsDeliveredAgainUnderTheSameIdButNotBeforeItsLeaseIsOver() throws Exception {
        var worker = worker(webhook("ops"));
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);
        feed(store, webhook("ops")).read();
        String id = store.outbox()
                .take("ops", Duration.ofMinutes(2))
                .orElseThrow()
                .notification()
                .deliveryId();

        worker.work();
        assertThat(server.calls()).isEmpty();
        time.advance(Duration.ofMinutes(2));
        worker.work();

        assertThat(server.calls()).hasSize(1);
        assertThat(server.calls().get(0).headers()).containsEntry("x-dokploy-delivery", id);
    }

    @Test
    void severalProcessesNeverDeliverTheSameTwice() throws Exception {
        var other = database.openBeside(store, time);
        var workers =
                List.of(worker(store, webhook("ops")), worker(other, webhook("ops")), worker(other, webhook("ops")));
        store.useTransaction(() -> {
            for (int i = 0; i < 100; i++) {
                happened(EventType.DEPLOYMENT_FAILED, "shop" + i, Severity.ERROR);
            }
        });
        var threads = Executors.newFixedThreadPool(workers.size());
        for (ChannelWorker worker : workers) {
            threads.submit(() -> {
                while (!store.outbox().nextDue("ops").isEmpty()
                        || server.calls().size() < 100) {
                    worker.work();
                }
                return null;
            });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.calls().stream().map(call -> call.headers().get("x-dokploy-delivery")))
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void aChannelThatHangsDelaysNoOther() {
        try (var dead = RecordingHttpServer.start().neverAnswer();
                var service = service(
                        NotificationChannel.named("dead").to(WebhookSettings.of(dead.uri("/"))), webhook("ops"))) {
            service.start();
            for (int i = 0; i < 3; i++) {
                happened(EventType.DEPLOYMENT_FAILED, "shop" + i, Severity.ERROR);
            }

            Awaitility.await().atMost(SOON).until(() -> server.calls().size() == 3);
            assertThat(dead.calls()).hasSize(1);
        }
    }

    @Test
    void closingStillTellsWhatIsDue() {
        var service = service(webhook("ops"));
        service.start();
        happened(EventType.DEPLOYMENT_SUCCEEDED, "shop", Severity.INFO);

        service.close();

        assertThat(told()).containsExactly(EventType.DEPLOYMENT_SUCCEEDED);
    }

    @Test
    void aPluginThatHangsOrFailsIsTriedAgainWithoutHoldingUpTheThread() throws Exception {
        var calls = new ArrayList<String>();
        var worker = worker(store, channelOf("odd", Secret.of("t0psecret")), Duration.ofMillis(200), notification -> {
            calls.add(notification.deliveryId());
            if (calls.size() == 1) {
                new java.util.concurrent.CountDownLatch(1).await();
            }
            throw new IllegalStateException("no such luck");
        });
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);

        worker.work();
        time.advance(Duration.ofSeconds(7));
        worker.work();

        assertThat(calls).hasSize(2);
        assertThat(calls.get(0)).isEqualTo(calls.get(1));
        assertThat(waiting("odd")).isEqualTo(1);
    }

    @Test
    void whatAChannelAnswersIsKeptWithoutItsSecrets() throws Exception {
        var worker = worker(store, channelOf("odd", Secret.of("t0psecret")), CALL_LIMIT, notification -> {
            return Notifier.Outcome.rejected("http://chat.example.com/t0psecret is gone");
        });
        happened(EventType.DEPLOYMENT_FAILED, "shop", Severity.ERROR);

        worker.work();

        assertThat(newest().data().text("reason")).contains("http://chat.example.com/" + Secret.MASK + " is gone");
    }

    @Test
    void aTestSaysWhatCameBack() {
        try (var service = service(webhook("ops"))) {
            var good = service.test("ops", Actor.of("ada"));
            server.reply(new HttpReply(429, Map.of("Retry-After", "7"), ""));
            var busy = service.test("ops", Actor.of("ada"));
            server.reply(HttpReply.status(410, ""));
            var gone = service.test("ops", Actor.of("ada"));

            assertThat(good.delivered()).isTrue();
            assertThat(busy.answer()).contains("429");
            assertThat(busy.permanent()).isFalse();
            assertThat(busy.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(gone.permanent()).isTrue();
            assertThat(server.calls().get(0).body())
                    .contains("Test of the channel ops")
                    .contains("ada");
            assertThat(service.channels()).singleElement().satisfies(channel -> {
                assertThat(channel.name()).isEqualTo("ops");
                assertThat(channel.plugin()).isEqualTo("webhook");
                assertThat(channel.waiting()).isZero();
            });
        }
    }

    private NotificationChannel webhook(String name) {
        return NotificationChannel.named(name).to(WebhookSettings.of(server.uri("/hook")));
    }

    private ChannelWorker worker(NotificationChannel channel) {
        return worker(store, channel);
    }

    private ChannelWorker worker(StoreAccess access, NotificationChannel channel) {
        access.outbox().register(channel.name());
        var call = new NotifierCall(channel, registry(new WebhookNotifier()), contexts(access), CALL_LIMIT);
        return new ChannelWorker(access, channel, feed(access, channel), call, new RetryPolicy(), time);
    }

    private ChannelWorker worker(StoreAccess access, NotificationChannel channel, Duration limit, Behaviour behaviour) {
        access.outbox().register(channel.name());
        var call = new NotifierCall(channel, registry(new OddNotifier(behaviour)), contexts(access), limit);
        return new ChannelWorker(access, channel, feed(access, channel), call, new RetryPolicy(), time);
    }

    private NotificationFeed feed(StoreAccess access, NotificationChannel channel) {
        return new NotificationFeed(access, channel, new RetryPolicy(), time, MOST_WAITING);
    }

    private NotificationService service(NotificationChannel... channels) {
        return new NotificationService(
                store, List.of(channels), registry(new WebhookNotifier()), contexts(store), time);
    }

    private static NotificationChannel channelOf(String name, Secret secret) {
        return NotificationChannel.named(name)
                .to(() -> new io.dokploy.api.value.SettingsDocument(
                        "odd", 1, Tree.branch().put("secret", secret).build()));
    }

    private static PluginRegistry registry(Notifier notifier) {
        return new PluginRegistry(List.of(notifier), List.of());
    }

    private Contexts contexts(StoreAccess access) {
        return new Contexts(
                engine,
                directory.resolve("workspaces"),
                new LocalCaches(directory.resolve("cache")),
                HttpClient.newHttpClient(),
                access.json(),
                access.registries(),
                time);
    }

    private void happened(String type, String application, Severity severity) {
        store.events()
                .append(
                        type,
                        Optional.empty(),
                        "default/production/" + application,
                        Actor.of("ada"),
                        severity,
                        "app-" + application,
                        Tree.branch().put("reason", "because").build());
    }

    private Event newest() {
        return store.events().read(store.events().newest() - 1, 1).get(0);
    }

    private int waiting(String channel) {
        return store.outbox().waiting(channel);
    }

    private List<String> told() {
        return server.calls().stream()
                .map(call -> call.headers().get("x-dokploy-event"))
                .toList();
    }

    private static String correlationKey(HttpCall call) {
        var key = java.util.regex.Pattern.compile("\"correlationKey\":\"([^\"]*)\"")
                .matcher(call.body());
        return key.find() ? key.group(1) : "none in " + call.body();
    }

    /** What a plugin of a test does. */
    interface Behaviour {
        Notifier.Outcome deliver(Notifier.Notification notification) throws Exception;
    }
}
