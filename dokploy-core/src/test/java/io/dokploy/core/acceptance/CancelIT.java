package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.application.PreSwitchCommand;
import io.dokploy.api.application.Rollout;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.SupersededException;
import io.dokploy.api.error.TooLateToCancelException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Until the switch a deployment can be cancelled in each step, and then it is as if it had never been asked for. */
class CancelIT {

    @TempDir
    static Path directory;

    private static StepGate gate;
    private static LiveShop shop;
    private Load load;

    @BeforeAll
    static void open() {
        gate = new StepGate(directory.resolve("site/builds"));
        shop = new LiveShop(directory, builder -> builder.engine(gate.engine()));
        gate.of(shop.site.dokploy());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void load() {
        shop.change(UnaryOperator.identity());
        load = shop.load();
    }

    @AfterEach
    void stopLoad() throws InterruptedException {
        gate.open();
        shop.git.release();
        load.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {GitServer.REFS, GitServer.OBJECTS})
    void whileTheServerOfTheSourceDoesNotAnswer(String request) throws Exception {
        shop.repository.commit("2");
        shop.git.hold(request);
        var operation = shop.deploy();
        shop.git.awaitHeld();

        operation.cancel();

        assertCancelled(operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "ship", "start"})
    void in(String step) throws Exception {
        shop.repository.commit("2-" + step);
        gate.close(step);
        var operation = shop.deploy();
        gate.awaitReached();

        var cancelling = new Thread(operation::cancel);
        cancelling.start();
        await().atMost(Site.PATIENCE).until(() -> cancelling.getState() == Thread.State.WAITING);
        gate.open();
        cancelling.join();

        assertCancelled(operation);
    }

    @Test
    void inTheBuildWhoseProcessesAreGoneThen() throws Exception {
        var sleep = shop.commitSleepingBuild("2");
        var operation = shop.deploy();
        await().atMost(Site.PATIENCE).until(() -> Processes.anyWith(sleep));

        operation.cancel();

        assertThat(Processes.anyWith(
                        "docker-buildx build --load --progress=plain --provenance=false --iidfile " + directory))
                .isFalse();
        await().atMost(Site.PATIENCE).until(() -> !Processes.anyWith(sleep));
        assertCancelled(operation);
    }

    @Test
    void inTheCommandBeforeTheSwitch() throws Exception {
        shop.repository.commit("2", "MIGRATE_SLEEP=600s", "MIGRATE_MESSAGE=migrating");
        shop.change(spec -> spec.preSwitch(PreSwitchCommand.of("/testapp", "migrate")));
        var operation = shop.deploy();
        await().atMost(Site.PATIENCE).until(() -> operation.log().lines().contains("migrating"));

        operation.cancel();

        assertCancelled(operation);
    }

    @Test
    void inTheCheck() throws Exception {
        shop.repository.commit("2", "HEALTH=fail");
        shop.change(spec -> spec.healthyWithin(LiveShop.LONG));
        var operation = shop.deployUntil("check");

        operation.cancel();

        assertCancelled(operation);
    }

    @Test
    void inTheCanaryWhoseRequestsGoToTheFormerReleaseThen() throws Exception {
        load.close();
        shop.repository.commit("canary");
        shop.change(spec -> spec.rollout(Rollout.canary(50, LiveShop.LONG)));
        try (var both = shop.load()) {
            var operation = shop.deployUntil("canary");
            await().atMost(Site.PATIENCE).until(() -> both.versions().containsKey("canary"));

            operation.cancel();

            both.close();
            assertThat(both.failures()).isEmpty();
            load = shop.load();
            await().atMost(Site.PATIENCE).until(() -> load.requests() > 100);
            assertCancelled(operation);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"promote", "switch", "drain"})
    void fromTheSwitchOnItIsTooLate(String step) throws Exception {
        var version = "after-" + step;
        shop.repository.commit(version);
        gate.close(step);
        var operation = shop.deploy();
        gate.awaitReached();

        assertThatThrownBy(operation::cancel)
                .isInstanceOf(TooLateToCancelException.class)
                .hasMessageContaining("Roll back");

        gate.open();
        shop.isLive(operation.await(Site.PATIENCE), version);
        load.close();
        assertThat(load.failures()).isEmpty();
        assertThat(Leftovers.of(shop.site)).isEmpty();
    }

    @Test
    void aWaitingRequestIsCancelledOrSupersededAndNothingOfItRuns() throws Exception {
        shop.repository.commit("2", "HEALTH=fail");
        shop.change(spec -> spec.healthyWithin(LiveShop.LONG));
        var running = shop.deployUntil("check");
        var superseded = shop.deploy();
        var waiting = shop.deploy();

        waiting.cancel();

        assertThatThrownBy(() -> superseded.await(Site.PATIENCE))
                .isInstanceOf(SupersededException.class)
                .hasMessageContaining(waiting.id().value());
        assertThat(superseded.record().state()).isEqualTo(State.SUPERSEDED);
        assertThat(superseded.events()).extracting(Event::type).containsExactly(EventType.DEPLOYMENT_SUPERSEDED);
        assertThatThrownBy(() -> waiting.await(Site.PATIENCE)).isInstanceOf(CancelledException.class);
        assertThat(waiting.events()).extracting(Event::type).containsExactly(EventType.DEPLOYMENT_CANCELLED);
        assertThat(superseded.log().lines()).isEmpty();
        assertThat(waiting.log().lines()).isEmpty();
        running.cancel();
        assertCancelled(running);
    }

    @Test
    void whatIsNotDoneWithinItsDeadlineIsGivenUp() throws Exception {
        var sleep = shop.commitSleepingBuild("2");
        shop.change(spec -> spec.deadline(Duration.ofSeconds(5)));
        var operation = shop.deploy();

        assertThatThrownBy(() -> operation.await(Site.PATIENCE))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("deadline of 5 s");
        assertThat(operation.record().state()).isEqualTo(State.FAILED);
        await().atMost(Site.PATIENCE).until(() -> !Processes.anyWith(sleep));
        shop.assertUntouched(load);
    }

    private void assertCancelled(Operation<Release> operation) throws InterruptedException {
        assertThatThrownBy(() -> operation.await(Site.PATIENCE)).isInstanceOf(CancelledException.class);
        assertThat(operation.record().state()).isEqualTo(State.CANCELLED);
        assertThat(operation.events()).extracting(Event::type).contains(EventType.DEPLOYMENT_CANCELLED);
        shop.assertUntouched(load);
    }
}
