package io.dokploy.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Actor;
import io.dokploy.api.Application;
import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.DomainTakenException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.StaleVersionException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.error.WrongKeyException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.PlainText;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store promises on every database. */
abstract class StoreContract {

    private static final String DISTINCTIVE = "correct-horse-battery-staple";

    @TempDir
    private Path directory;

    private final VirtualTime time = VirtualTime.manual();
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
    }

    @Test
    void applicationsAreKeptAndFoundByNameAndId() {
        Application shop = create("shop");
        Application blog = create("blog");

        reopen();

        assertThat(store.applications().find("default", "production", "shop")).contains(shop);
        assertThat(store.applications().find(shop.id())).contains(shop);
        assertThat(store.applications().list("default", "production")).containsExactly(blog, shop);
        assertThat(store.applications().all()).containsExactly(shop, blog);
    }

    @Test
    void aLostUpdateIsAnErrorThatSaysWhatIsNewest() {
        Application shop = create("shop");
        ApplicationSpec changed = shop.spec().toBuilder().replicas(2).build();
        assertThat(store.applications().update(shop.id(), 1, changed).version()).isEqualTo(2);

        assertThatThrownBy(() -> store.applications().update(shop.id(), 1, shop.spec()))
                .isInstanceOf(StaleVersionException.class)
                .hasMessageContaining("which is 2");
        assertThat(store.applications().find(shop.id()).orElseThrow().spec()).isEqualTo(changed);
    }

    @Test
    void ofManyUpdatesFromTheSameVersionOneWins() throws Exception {
        Application shop = create("shop");

        List<Object> outcomes = atOnce(
                8,
                i -> store.applications()
                        .update(
                                shop.id(),
                                1,
                                shop.spec().toBuilder().replicas(i + 1).build()));

        assertThat(outcomes.stream().filter(Application.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(StaleVersionException.class::isInstance))
                .hasSize(7);
    }

    @Test
    void aNameIsTakenOnceInAnEnvironmentThatExists() {
        create("shop");

        assertThatThrownBy(() -> create("shop"))
                .isInstanceOf(AlreadyExistsException.class)
                .hasNoCause();
        assertThatThrownBy(() -> store.applications()
                        .insert("default", "staging", spec("shop").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("default/staging");
        store.projects().createEnvironment("default", "staging");
        store.applications().insert("default", "staging", spec("shop").build());
    }

    @Test
    void aDomainBelongsToOneApplicationUntilItIsGivenUp() {
        var shop = insert(spec("shop").domain(Domain.of("shop.example.com")));

        assertThatThrownBy(() -> insert(spec("other").domain(Domain.of("shop.example.com"))))
                .isInstanceOf(DomainTakenException.class)
                .hasMessageContaining("default/production/shop");
        assertThat(store.applications().find("default", "production", "other")).isEmpty();
        insert(spec("api").domain(Domain.of("shop.example.com").path("/api")));
        store.applications().update(shop.id(), 1, spec("shop").build());
        var other = insert(spec("other").domain(Domain.of("shop.example.com")));
        store.applications().delete(other.id());
        insert(spec("third").domain(Domain.of("shop.example.com")));
    }

    @Test
    void ofManyWhoWantADomainAtOnceOneGetsIt() throws Exception {
        List<Object> outcomes = atOnce(8, i -> insert(spec("shop" + i).domain(Domain.of("shop.example.com"))));

        assertThat(outcomes.stream().filter(Application.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(DomainTakenException.class::isInstance))
                .hasSize(7);
    }

    @Test
    void whoeverWasOvertakenChangesNothingAnyMore() {
        var shop = create("shop");
        long former = store.applications().raiseEpoch(shop.id());
        store.applications().checkEpoch(shop.id(), former);
        var other = database.openBeside(store, time);
        long newer = other.applications().raiseEpoch(shop.id());
        var release = Optional.of(new ReleaseId("rel_1"));

        assertThat(newer).isGreaterThan(former);
        assertThatThrownBy(() -> store.applications().checkEpoch(shop.id(), former))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> store.applications().setLive(shop.id(), former, release))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> store.applications().setStopped(shop.id(), former, true))
                .isInstanceOf(FencedException.class);
        other.applications().setLive(shop.id(), newer, release);
        assertThat(store.applications().find(shop.id()).orElseThrow().live()).isEqualTo(release);
        assertThat(store.applications().find(shop.id()).orElseThrow().stopped()).isFalse();
    }

    @Test
    void anApplicationWithAnOperationOfItsOwnIsNotTakenOverInPassing() {
        var shop = create("shop");
        long before = store.applications().raiseEpoch(shop.id());
        assertThat(store.applications().raiseEpochIfIdle(shop.id())).hasValue(before + 1);

        operation(shop.id().value(), Optional.empty());
        assertThat(store.applications().raiseEpochIfIdle(shop.id()))
                .as("one waits")
                .isEmpty();
        store.applications().checkEpoch(shop.id(), before + 1);
        finish(shop.id().value());
        assertThat(store.applications().raiseEpochIfIdle(shop.id())).hasValue(before + 2);
    }

    @Test
    void epochsAndRevisionsAreGivenOnce() throws Exception {
        var shop = create("shop");

        assertThat(atOnce(8, i -> store.applications().raiseEpoch(shop.id()))).doesNotHaveDuplicates();
        assertThat(atOnce(8, i -> store.applications().nextRouteRevision(shop.id())))
                .doesNotHaveDuplicates();
    }

    @Test
    void variablesOfProjectsAndEnvironmentsHaveVersions() {
        store.projects().create("acme");
        store.projects()
                .setVariables("acme", 1, Map.of("REGION", new PlainText("eu"), "TOKEN", Secret.of(DISTINCTIVE)));
        store.projects().setVariables("acme", "production", 1, Map.of("MODE", new PlainText("live")));

        reopen();

        assertThat(store.projects().get("acme").variables())
                .isEqualTo(Map.of("REGION", new PlainText("eu"), "TOKEN", Secret.of(DISTINCTIVE)));
        assertThat(store.projects().environment("acme", "production").version()).isEqualTo(2);
        assertThatThrownBy(() -> store.projects().setVariables("acme", 1, Map.of()))
                .isInstanceOf(StaleVersionException.class);
        assertThatThrownBy(() -> store.projects().setVariables("acme", "production", 1, Map.of()))
                .isInstanceOf(StaleVersionException.class);
    }

    @Test
    void aProjectWithApplicationsIsNotDeleted() {
        store.projects().create("acme");
        var shop =
                store.applications().insert("acme", "production", spec("shop").build());

        assertThatThrownBy(() -> store.projects().delete("acme"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("still has applications");
        store.applications().delete(shop.id());
        store.projects().delete("acme");

        assertThatThrownBy(() -> store.projects().get("acme")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void releasesAreKeptAsTheyWereUntilTheirApplicationGoes() {
        var shop = create("shop");
        Release first = release(shop, "id-1");
        Release second = release(shop, "id-2");
        store.releases().insert(first);
        store.releases().insert(second);

        reopen();

        assertThat(store.releases().list(shop.id())).containsExactly(second, first);
        assertThat(store.releases().find(first.id())).contains(first);
        assertThat(store.releases().findByIdentity(shop.id(), "id-1")).contains(first);
        store.applications().delete(shop.id());
        assertThat(store.releases().find(first.id())).isEmpty();
    }

    @Test
    void ofARetiredReleasesOutputTheLastPartIsKept() {
        var shop = create("shop");
        Release release = release(shop, "id-1");
        store.releases().insert(release);

        store.releases().keepLogs(release.id(), "0123456789".getBytes(StandardCharsets.UTF_8), ByteSize.bytes(4));

        assertThat(store.releases().keptLogs(release.id()).map(String::new)).contains("6789");
        assertThat(store.releases().keptLogs(new ReleaseId("rel_other"))).isEmpty();
    }

    @Test
    void aRegistryHasOneLoginUnderAllItsNames() {
        store.registries().put(new RegistryCredentials("Registry.example.com:5000", "ada", Secret.of("one")));
        store.registries().put(new RegistryCredentials("registry.example.com:5000", "ada", Secret.of("two")));
        store.registries().put(new RegistryCredentials("index.docker.io", "hub", Secret.of("three")));

        assertThat(store.registries().hosts()).containsExactly("docker.io", "registry.example.com:5000");
        assertThat(store.registries()
                        .forImage("registry.example.com:5000/shop:1")
                        .orElseThrow()
                        .password())
                .isEqualTo(Secret.of("two"));
        assertThat(store.registries().forImage("busybox").orElseThrow().username())
                .isEqualTo("hub");
        assertThat(store.registries().forImage("ghcr.io/a/b")).isEmpty();
        store.registries().remove("registry-1.docker.io");
        assertThat(store.registries().hosts()).hasSize(1);
    }

    @Test
    void whoeverReadsTheEventsMissesNoneWhileManyWrite() throws Exception {
        var other = database.openBeside(store, time);
        var read = new ArrayList<Event>();
        var writers = Executors.newFixedThreadPool(4);
        var written = new ArrayList<Future<?>>();
        for (int i = 0; i < 4; i++) {
            StoreAccess writer = i % 2 == 0 ? store : other;
            String subject = "writer" + i;
            written.add(writers.submit(() -> IntStream.range(0, 50).forEach(n -> happened(writer, subject))));
        }
        writers.shutdown();

        long cursor = 0;
        while (read.size() < 200) {
            List<Event> page = store.events().read(cursor, 7);
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            read.addAll(page);
            cursor = read.isEmpty() ? 0 : read.get(read.size() - 1).sequence();
        }

        for (Future<?> writer : written) {
            writer.get();
        }
        assertThat(read)
                .extracting(Event::sequence)
                .isEqualTo(IntStream.rangeClosed(1, 200).mapToObj(Long::valueOf).toList());
        assertThat(read).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void eventsAreFollowedFromAnyPointAlsoFromElsewhereAndAfterARestart() {
        happened(store, "a");
        happened(store, "b");
        reopen();
        var heard = new ConcurrentLinkedQueue<String>();
        var other = database.openBeside(store, time);
        try (var subscription = other.events().subscribe(event -> {
            heard.add(event.subject());
            if (event.subject().equals("c")) {
                throw new IllegalStateException("a listener that fails");
            }
        })) {
            happened(store, "c");
            happened(store, "d");
            Awaitility.await().until(() -> heard.size() == 2);
        }

        assertThat(heard).containsExactly("c", "d");
        assertThat(store.events().read(1, 2)).extracting(Event::subject).containsExactly("b", "c");
        assertThat(store.events().newest()).isEqualTo(4);
    }

    @Test
    void anEventCountsWithTheTransactionOfWhatItTells() {
        assertThatThrownBy(() -> store.useTransaction(() -> {
                    create("shop");
                    happened(store, "shop");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(store.applications().all()).isEmpty();
        assertThat(store.events().newest()).isZero();
    }

    @Test
    void oldEventsAreForgottenAndTheNumbersOfTheOthersStay() {
        happened(store, "old");
        time.advance(Duration.ofDays(2));
        happened(store, "new");

        assertThat(store.events().deleteBefore(time.instant().minus(Duration.ofDays(1))))
                .isEqualTo(1);

        assertThat(store.events().read(0, 10)).extracting(Event::sequence).containsExactly(2L);
    }

    @Test
    void outputIsReadFromAnyLineInPages() {
        OperationId operation = operation("shop", Optional.empty());
        for (int chunk = 0; chunk < 130; chunk++) {
            store.outputs().append(operation, List.of("line " + chunk * 2, "line " + (chunk * 2 + 1)));
        }
        store.outputs().append(operation, List.of());

        assertThat(store.outputs().size(operation)).isEqualTo(260);
        assertThat(store.outputs().read(operation, 3, 2, true).lines()).containsExactly("line 3", "line 4");
        assertThat(store.outputs().read(operation, 3, 2, true).complete()).isFalse();
        var all = new ArrayList<String>();
        var page = store.outputs().read(operation, 0, 1_000, true);
        while (true) {
            all.addAll(page.lines());
            if (page.complete()) {
                break;
            }
            page = store.outputs().read(operation, page.next(), 1_000, true);
        }
        assertThat(all).hasSize(260).last().isEqualTo("line 259");
        assertThat(store.outputs().read(operation, 260, 10, true).complete()).isTrue();
        assertThat(store.outputs().read(operation, 260, 10, false).complete()).isFalse();
    }

    @Test
    void outputOfOperationsThatEndedLongAgoIsForgotten() {
        OperationId ended = operation("shop", Optional.empty());
        store.outputs().append(ended, List.of("a"));
        OperationId waiting = operation("blog", Optional.empty());
        store.outputs().append(waiting, List.of("b"));
        finish("shop");
        time.advance(Duration.ofDays(31));

        assertThat(store.outputs().deleteOlderThan(time.instant(), Duration.ofDays(30)))
                .isEqualTo(1);

        assertThat(store.outputs().size(ended)).isZero();
        assertThat(store.outputs().size(waiting)).isEqualTo(1);
    }

    @Test
    void theHistoryOfASubjectTellsWhatWasAskedAndWhatCameOfIt() {
        operation("shop", Optional.empty());
        finish("shop");
        operation("blog", Optional.empty());
        reopen();

        List<OperationHistory> history = store.operations().history("shop", Set.of("deploy"), 10);

        assertThat(history).singleElement().satisfies(line -> {
            assertThat(line.record().state()).isEqualTo(State.SUCCEEDED);
            assertThat(line.arguments().secret("token")).contains(Secret.of(DISTINCTIVE));
            assertThat(line.reason()).isEqualTo("because");
            assertThat(store.json().restore(line.result().orElseThrow(), ByteSize.class))
                    .isEqualTo(ByteSize.bytes(7));
        });
        assertThat(store.operations().history("shop", Set.of("rollback"), 10)).isEmpty();
        assertThat(store.operations().newest(1))
                .extracting(record -> record.subject())
                .containsExactly("blog");
    }

    @Test
    void manyRequestsWithOneKeyAtOnceAreOneOperation() throws Exception {
        List<Object> ids = atOnce(8, i -> operation("shop", Optional.of("key")));

        assertThat(ids).hasOnlyElementsOfType(OperationId.class);
        assertThat(Set.copyOf(ids)).hasSize(1);
    }

    @Test
    void anInterruptedThreadDoesNotBreakTheStoreForOthers() throws Exception {
        var thread = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                for (int i = 0; i < 20; i++) {
                    happened(store, "interrupted");
                }
            } catch (RuntimeException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        thread.join();

        happened(store, "later");

        assertThat(store.events().read(store.events().newest() - 1, 1))
                .extracting(Event::subject)
                .containsExactly("later");
    }

    @Test
    void noSecretAndNoValueOfAVariableIsReadableInWhatIsKept() throws Exception {
        var spec = spec("shop")
                .env("PASSWORD", Secret.of(DISTINCTIVE))
                .env("ADDRESS", "postgres://shop:" + DISTINCTIVE + "@db/shop")
                .buildSecret("npm", Secret.of(DISTINCTIVE))
                .build();
        var shop = store.applications().insert("default", "production", spec);
        store.releases().insert(release(shop, "id-1"));
        store.registries().put(new RegistryCredentials("ghcr.io", "ada", Secret.of(DISTINCTIVE)));
        store.projects().setVariables("default", 1, Map.of("TOKEN", Secret.of(DISTINCTIVE)));
        store.projects().setVariables("default", "production", 1, Map.of("TOKEN", new PlainText(DISTINCTIVE)));
        operation("shop", Optional.empty());
        finish("shop");
        store.backups()
                .putTarget(
                        "bucket",
                        new SettingsDocument(
                                "s3",
                                1,
                                Tree.branch()
                                        .put("bucket", "shown-in-the-store")
                                        .put("secretKey", Secret.of(DISTINCTIVE))
                                        .build()));
        store.close();

        String bytes = database.bytes();

        assertThat(bytes).contains("ghcr.io").contains("because").contains("shown-in-the-store");
        assertThat(bytes.contains(DISTINCTIVE)).isFalse();
        assertThat(bytes.contains("correct-horse")).isFalse();
        store = database.open(time);
        assertThat(store.applications().find(shop.id()).orElseThrow().spec()).isEqualTo(spec);
    }

    @Test
    void aKeyIsRotatedWhileOthersWriteAndTheFormerOneIsNotNeededAfterwards() throws Exception {
        var former = MasterKey.random(new SecureRandom());
        var next = MasterKey.random(new SecureRandom());
        var both = KeyProvider.of(next, List.of(former));
        Path place = directory.resolve("rotated");
        try (TestDatabase rotated = newDatabase(place)) {
            Application shop;
            try (StoreAccess first = rotated.open(time, KeyProvider.of(former))) {
                var spec = spec("shop").env("PASSWORD", Secret.of(DISTINCTIVE)).build();
                shop = first.applications().insert("default", "production", spec);
                first.releases().insert(release(shop, "id-1"));
                for (int i = 0; i < 250; i++) {
                    first.registries().put(new RegistryCredentials("r" + i + ".example.com", "a", Secret.of("s" + i)));
                }
            }
            assertThatThrownBy(() -> rotated.open(time, KeyProvider.of(next))).isInstanceOf(WrongKeyException.class);
            try (StoreAccess second = rotated.open(time, both)) {
                var writer = new FutureTask<>(() -> {
                    for (int i = 0; i < 100; i++) {
                        second.registries()
                                .put(new RegistryCredentials("r" + i + ".example.com", "a", Secret.of("t" + i)));
                    }
                    return null;
                });
                new Thread(writer).start();
                second.rotateKey();
                writer.get();
            }
            assertThatThrownBy(() -> rotated.open(time, KeyProvider.of(former))).isInstanceOf(WrongKeyException.class);
            try (StoreAccess third = rotated.open(time, KeyProvider.of(next))) {
                assertThat(third.applications().find(shop.id())).contains(shop);
                assertThat(third.releases().list(shop.id())).hasSize(1);
                assertThat(third.registries().all()).hasSize(250);
                assertThat(third.registries()
                                .forImage("r99.example.com/a")
                                .orElseThrow()
                                .password())
                        .isEqualTo(Secret.of("t99"));
            }
        }
    }

    private void reopen() {
        store.close();
        store = database.open(time);
    }

    private Application create(String name) {
        return insert(spec(name));
    }

    private Application insert(ApplicationSpec.Builder spec) {
        return store.applications().insert("default", "production", spec.build());
    }

    private static ApplicationSpec.Builder spec(String name) {
        return ApplicationSpec.named(name).source(ImageSource.of("busybox:1.37"));
    }

    private Release release(Application application, String identity) {
        return new Release(
                store.ids().newReleaseId(),
                application.id(),
                new OperationId("op_1"),
                new Release.ReleaseImage("sha256:1", "shop:1", Optional.empty(), Optional.of(identity)),
                application.spec(),
                Map.of("PASSWORD", Secret.of(DISTINCTIVE), "ADDRESS", new PlainText(DISTINCTIVE)),
                Optional.of(new Release.Commit("a".repeat(40), "Ünïcode", "Ada", time.instant())),
                time.instant(),
                Actor.of("ada"));
    }

    private void happened(StoreAccess access, String subject) {
        access.events()
                .append(
                        "test.happened",
                        Optional.empty(),
                        subject,
                        Actor.of("ada"),
                        Severity.INFO,
                        "key",
                        Tree.branch().put("text", "…").build());
    }

    private OperationId operation(String subject, Optional<String> key) {
        return store.operations()
                .insert(new NewOperation(
                        "deploy",
                        subject,
                        subject,
                        Actor.of("ada"),
                        "because",
                        Tree.branch().put("token", Secret.of(DISTINCTIVE)).build(),
                        ByteSize.class.getName(),
                        false,
                        key,
                        Duration.ofMinutes(1)));
    }

    private void finish(String lane) {
        OperationRow row = store.work().take(lane, Set.of("deploy"), "worker").orElseThrow();
        var claim = new OperationWork.Claim(row.record().id(), row.attempt(), "worker");
        store.work()
                .saveCheckpoint(
                        claim,
                        Tree.branch().put("token", Secret.of(DISTINCTIVE)).build());
        assertThat(store.work().finish(claim, State.SUCCEEDED, ByteSize.bytes(7), null))
                .isTrue();
    }

    /** What each of so many got or threw who did it at the same time. */
    private static List<Object> atOnce(int count, Numbered action) throws Exception {
        var barrier = new CyclicBarrier(count);
        var threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Object>> calls = IntStream.range(0, count)
                    .<Callable<Object>>mapToObj(i -> () -> {
                        barrier.await();
                        try {
                            return action.run(i);
                        } catch (RuntimeException e) {
                            return e;
                        }
                    })
                    .toList();
            var outcomes = new ArrayList<Object>();
            for (Future<Object> call : threads.invokeAll(calls)) {
                outcomes.add(call.get());
            }
            return outcomes;
        } finally {
            threads.shutdown();
        }
    }

    private interface Numbered {
        Object run(int number);
    }
}
