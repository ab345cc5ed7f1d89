package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.PreSwitchCommand;
import io.dokploy.api.application.Rollout;
import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.DomainTakenException;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.error.PreSwitchCommandException;
import io.dokploy.api.error.SupersededException;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.api.error.TooLateToCancelException;
import io.dokploy.api.error.UnhealthyException;
import io.dokploy.api.release.Release;
import io.dokploy.api.route.Domain;
import io.dokploy.testkit.engine.EngineOperation;
import io.dokploy.testkit.engine.HttpReply;
import io.dokploy.testkit.engine.Program;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host application would test of its own use of Dokploy. */
@ExtendWith(DokployExtension.class)
class ShopTest {

    private static final String SHOP = "http://shop.localhost/";

    @Test
    void aCommitIsServedAndTheNextOneTakesItsPlace(TestDokploy dokploy) {
        var source = dokploy.repository("shop").commitAnswering("one");
        create(dokploy, source);
        var first = dokploy.applications().deploy("shop").await();
        assertThat(dokploy.get(SHOP).body()).isEqualTo("one");
        assertThat(first.commit()).isPresent();

        source.commitAnswering("two");
        dokploy.applications().deploy("shop").await();
        assertThat(dokploy.get(SHOP).body()).isEqualTo("two");
        assertThat(containers(dokploy)).hasSize(1);
    }

    @Test
    void aCommitThatRunsAlreadyIsRecognised(TestDokploy dokploy) {
        create(dokploy, dokploy.repository("shop"));
        var first = dokploy.applications().deploy("shop").await();
        int builds = dokploy.engine().calls(EngineOperation.BUILD);
        assertThat(dokploy.applications().deploy("shop").await().id()).isEqualTo(first.id());
        assertThat(dokploy.engine().calls(EngineOperation.BUILD)).isEqualTo(builds);
    }

    @Test
    void whatIsSlowToGetHealthyCostsTheTestNoTime(TestDokploy dokploy) {
        create(
                dokploy,
                dokploy.directory("shop").commitHealthyAfter(Duration.ofMinutes(4)),
                spec -> spec.healthyWithin(Duration.ofMinutes(5)));
        var before = dokploy.time().instant();
        dokploy.applications().deploy("shop").await();
        assertThat(Duration.between(before, dokploy.time().instant()))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    @Test
    void whatCannotGoLiveIsATypedErrorAndTheOldReleaseServes(TestDokploy dokploy) {
        var source = dokploy.directory("shop").commitAnswering("one");
        create(dokploy, source, spec -> spec.healthyWithin(Duration.ofSeconds(20)));
        dokploy.applications().deploy("shop").await();

        source.commitUnhealthy();
        assertRefused(dokploy, UnhealthyException.class, "status 500");
        source.commitExiting(3);
        assertRefused(dokploy, ContainerExitedException.class, "exit code 3");
        source.commitBroken("no such package: left-pad");
        assertRefused(dokploy, BuildFailedException.class, "left-pad");
        source.commitHealthyAfter(Duration.ofMinutes(1));
        assertRefused(dokploy, UnhealthyException.class, "within 20 s");
        dokploy.engine().failNext(EngineOperation.START, new EngineUnavailableException("engine", "gone", "wait"));
        assertRefused(dokploy, EngineUnavailableException.class, "gone");

        source.commitAnswering("two");
        dokploy.applications().deploy("shop").await();
        assertThat(dokploy.get(SHOP).body()).isEqualTo("two");
    }

    @Test
    void aMigrationThatFailsEndsTheDeployment(TestDokploy dokploy) {
        var source = dokploy.directory("shop").commitAnswering("one");
        create(dokploy, source, spec -> spec.preSwitch(PreSwitchCommand.of("migrate")));
        source.commit(Program.serving().command("migrate", call -> 0));
        dokploy.applications().deploy("shop").await();
        source.commit(Program.serving().command("migrate", call -> 7));
        assertThatThrownBy(() -> dokploy.applications().deploy("shop").await())
                .isInstanceOf(PreSwitchCommandException.class)
                .hasMessageContaining("exit code 7");
        assertThat(containers(dokploy)).hasSize(1);
    }

    @Test
    void aTakenDomainIsRefusedAtOnce(TestDokploy dokploy) {
        var source = dokploy.directory("shop");
        create(dokploy, source);
        var second = ApplicationSpec.named("second")
                .source(source.source())
                .domain(Domain.of("shop.localhost"))
                .build();
        assertThatThrownBy(() -> dokploy.applications().create(second)).isInstanceOf(DomainTakenException.class);
    }

    @Test
    void aRollbackBringsTheFormerReleaseBack(TestDokploy dokploy) {
        var source = dokploy.repository("shop").commitAnswering("one");
        create(dokploy, source);
        var first = dokploy.applications().deploy("shop").await();
        source.commitAnswering("two");
        dokploy.applications().deploy("shop").await();
        var back = dokploy.applications().rollback("shop").await();
        assertThat(back.id()).isEqualTo(first.id());
        assertThat(dokploy.get(SHOP).body()).isEqualTo("one");
        assertThat(containers(dokploy)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resolve",
                "fetch",
                "plan",
                "build",
                "ship",
                "pre-switch",
                "start",
                "check",
                "promote",
                "switch",
                "confirm",
                "record",
                "drain",
                "retire"
            })
    void afterACrashInAnyStepTheDeploymentGoesOn(String step, TestDokploy dokploy) {
        var source = dokploy.repository("shop").commit(answering("one"));
        create(dokploy, source, spec -> spec.preSwitch(PreSwitchCommand.of("migrate")));
        dokploy.applications().deploy("shop").await();
        source.commit(answering("two"));

        dokploy.crashAt(step);
        var operation = dokploy.applications().deploy("shop");
        assertThatThrownBy(operation::await).isInstanceOf(TemporaryException.class);
        assertThat(dokploy.isDead()).isTrue();
        assertThat(dokploy.get(SHOP).status()).isEqualTo(200);

        dokploy.restart();
        dokploy.operation(operation.id()).await();
        assertThat(dokploy.get(SHOP).body()).isEqualTo("two");
        assertThat(containers(dokploy)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resolve", "fetch", "plan", "build", "ship", "start", "check", "promote", "switch", "confirm"})
    void aFailureInAStepUpToTheSwitchLeavesTheOldRelease(String step, TestDokploy dokploy) {
        var source = dokploy.repository("shop").commitAnswering("one");
        create(dokploy, source);
        dokploy.applications().deploy("shop").await();
        source.commitAnswering("two");
        dokploy.failAt(step);
        assertThatThrownBy(() -> dokploy.applications().deploy("shop").await())
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("step " + step);
        assertThat(dokploy.get(SHOP).body()).isEqualTo("one");
        assertThat(containers(dokploy)).hasSize(1);
        assertThat(dokploy.applications().releases("shop")).hasSize(1);
    }

    @Test
    void aCanaryGetsItsShareForItsTime() {
        try (var dokploy = TestDokploy.builder().manualTime().start()) {
            var source = dokploy.directory("shop").commitAnswering("one");
            create(dokploy, source);
            dokploy.applications().deploy("shop");
            dokploy.runUntilIdle();
            source.commitAnswering("two");
            var shop = dokploy.applications().get("shop");
            dokploy.applications()
                    .update(
                            "shop",
                            shop.version(),
                            shop.spec().toBuilder()
                                    .rollout(Rollout.canary(10, Duration.ofMinutes(5)))
                                    .build());

            var operation = dokploy.applications().deploy("shop");
            dokploy.advance(Duration.ofMinutes(4));
            assertThat(operation.record().step()).isEqualTo("canary");
            assertThat(answers(dokploy, 100)).isEqualTo(Map.of("one", 90L, "two", 10L));
            dokploy.advance(Duration.ofMinutes(2));
            dokploy.runUntilIdle();
            assertThat(answers(dokploy, 100)).isEqualTo(Map.of("two", 100L));
            assertThat(operation.record().state()).isEqualTo(State.SUCCEEDED);
        }
    }

    @Test
    void aDrainOfHalfAMinuteCostsTheTestNoTime(TestDokploy dokploy) {
        var source = dokploy.directory("shop").commitAnswering("one");
        create(dokploy, source, spec -> spec.drain(Duration.ofSeconds(30)));
        dokploy.applications().deploy("shop").await();
        source.commitAnswering("two");
        var before = dokploy.time().instant();
        try (var request = dokploy.router().openRequest("shop.localhost", "/")) {
            dokploy.applications().deploy("shop").await();
        }
        assertThat(Duration.between(before, dokploy.time().instant()))
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(45));
    }

    @Test
    void aDrainEndsWithTheLastRequest() {
        try (var dokploy = TestDokploy.builder().manualTime().start()) {
            var source = dokploy.directory("shop").commitAnswering("one");
            create(dokploy, source);
            dokploy.applications().deploy("shop");
            dokploy.runUntilIdle();
            source.commitAnswering("two");
            var request = dokploy.router().openRequest("shop.localhost", "/");
            var operation = dokploy.applications().deploy("shop");
            dokploy.advance(Duration.ofSeconds(10));
            assertThat(operation.record().step()).isEqualTo("drain");
            assertThat(containers(dokploy)).as("old and new").hasSizeGreaterThan(1);
            request.close();
            dokploy.advance(Duration.ofSeconds(1));
            dokploy.runUntilIdle();
            assertThat(containers(dokploy)).hasSize(1);
        }
    }

    @Test
    void aDeploymentCanBeCancelledUpToTheSwitchAndNotAfterIt() {
        try (var dokploy = TestDokploy.builder().manualTime().start()) {
            var source = dokploy.directory("shop").commitAnswering("one");
            create(dokploy, source);
            dokploy.applications().deploy("shop");
            dokploy.runUntilIdle();

            source.commitHealthyAfter(Duration.ofSeconds(10));
            var operation = dokploy.applications().deploy("shop");
            dokploy.advance(Duration.ofSeconds(5));
            assertThat(operation.record().step()).isEqualTo("check");
            cancel(dokploy, operation);
            assertThatThrownBy(operation::await).isInstanceOf(CancelledException.class);
            assertThat(dokploy.get(SHOP).body()).isEqualTo("one");
            assertThat(containers(dokploy)).hasSize(1);

            try (var request = dokploy.router().openRequest("shop.localhost", "/")) {
                var late = dokploy.applications().deploy("shop");
                dokploy.advance(Duration.ofSeconds(15));
                assertThat(late.record().step()).isEqualTo("drain");
                assertThatThrownBy(late::cancel).isInstanceOf(TooLateToCancelException.class);
            }
            dokploy.runUntilIdle();
        }
    }

    @Test
    void aDeadlineIsKeptByTheTimeThatTheTestMoves(TestDokploy dokploy) {
        create(
                dokploy,
                dokploy.directory("shop").commitHealthyAfter(Duration.ofMinutes(30)),
                spec -> spec.healthyWithin(Duration.ofHours(1)).deadline(Duration.ofMinutes(10)));
        assertThatThrownBy(() -> dokploy.applications().deploy("shop").await()).isInstanceOf(DeadlineException.class);
        assertThat(containers(dokploy)).isEmpty();
    }

    @Test
    void aNewerRequestTakesThePlaceOfOneThatWaits() {
        try (var dokploy = TestDokploy.builder().manualTime().start()) {
            create(dokploy, dokploy.directory("shop").commitHealthyAfter(Duration.ofSeconds(5)));
            var running = dokploy.applications().deploy("shop");
            dokploy.advance(Duration.ofSeconds(1));
            var waiting = dokploy.applications().deploy("shop");
            var newest = dokploy.applications().deploy("shop");
            dokploy.runUntilIdle();
            running.await();
            assertThatThrownBy(waiting::await).isInstanceOf(SupersededException.class);
            newest.await();
        }
    }

    @Test
    void whatHappenedIsThereToRead(TestDokploy dokploy) {
        create(dokploy, dokploy.directory("shop"));
        dokploy.applications().deploy("shop").await();
        assertThat(dokploy.events())
                .extracting(event -> event.type())
                .contains("deployment.started", "deployment.succeeded");
    }

    private static void cancel(TestDokploy dokploy, Operation<Release> operation) {
        var cancelling = new Thread(operation::cancel);
        cancelling.start();
        while (cancelling.isAlive()) {
            dokploy.advance(Duration.ofMillis(250));
        }
    }

    private static void assertRefused(TestDokploy dokploy, Class<? extends Exception> error, String reason) {
        assertThatThrownBy(() -> dokploy.applications().deploy("shop").await())
                .isInstanceOf(error)
                .hasMessageContaining(reason);
        assertThat(dokploy.get(SHOP).body()).isEqualTo("one");
        assertThat(containers(dokploy)).hasSize(1);
        assertThat(dokploy.applications().releases("shop")).hasSize(1);
    }

    private static Program answering(String text) {
        return Program.serving().answering(call -> HttpReply.ok(text)).command("migrate", call -> 0);
    }

    private static Map<String, Long> answers(TestDokploy dokploy, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(i -> dokploy.get(SHOP).body())
                .collect(Collectors.groupingBy(body -> body, Collectors.counting()));
    }

    private static List<String> containers(TestDokploy dokploy) {
        return dokploy.containers().list(Map.of()).stream()
                .map(container -> container.name())
                .toList();
    }

    private static void create(TestDokploy dokploy, TestSource source) {
        create(dokploy, source, UnaryOperator.identity());
    }

    private static void create(
            TestDokploy dokploy, TestSource source, UnaryOperator<ApplicationSpec.Builder> settings) {
        dokploy.applications()
                .create(settings.apply(ApplicationSpec.named("shop")
                                .source(source.source())
                                .domain(Domain.of("shop.localhost")))
                        .build());
    }
}
