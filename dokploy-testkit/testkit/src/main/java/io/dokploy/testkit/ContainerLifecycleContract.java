package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.Deployer.Health;
import io.dokploy.spi.Deployer.State;
import io.dokploy.spi.engine.ContainerEngine.EngineEvent;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The part of {@link ContainerEngineContract} about how containers begin and end. */
abstract class ContainerLifecycleContract extends EngineFixture {

    private static final List<String> DEAF = List.of(ShellCommand.script("trap '' TERM; sleep 3600 & wait"));

    @Test
    void saysWhatItIs() {
        assertThat(engine().info().name()).isNotBlank();
        assertThat(engine().info().version()).isNotBlank();
        assertThat(engine().info().os()).isNotBlank();
    }

    @Test
    void aContainerDoesNotRunUntilItIsStarted() {
        String id = engine().create(spec(RUNS).build());
        assertThat(inspect(id).state()).isEqualTo(State.CREATED);
        assertThat(inspect(id).started()).isEmpty();
        engine().start(id);
        assertThat(inspect(id).state()).isEqualTo(State.RUNNING);
        assertThat(inspect(id).started()).isPresent();
    }

    @Test
    void aContainerIsWhatItsSpecSays() {
        ContainerSpec spec = spec(RUNS).label("colour", "blue").build();
        String id = engine().create(spec);
        ContainerInfo info = inspect(id);
        assertThat(info.id()).isEqualTo(id);
        assertThat(info.name()).isEqualTo(spec.name());
        assertThat(info.labels()).containsAllEntriesOf(spec.labels());
        assertThat(info.image())
                .isEqualTo(engine().inspectImage(image()).orElseThrow().id());
        assertThat(info.exitCode()).isEmpty();
        assertThat(info.health()).isEqualTo(Health.NONE);
        assertThat(engine().inspect(spec.name())).as("by its name").isPresent();
    }

    @Test
    void variablesAndArgumentsArriveAsTheyAre() throws Exception {
        String value = "a b \"c\" 'd' $HOME \\ é";
        String id = started(spec(RUNS).env("GREETING", value));
        assertThat(output(id, "env").lines()).contains("GREETING=" + value);
        assertThat(output(id, "echo", value)).isEqualTo(value + "\n");
    }

    @Test
    void startingWhatRunsDoesNothing() {
        String id = started(spec(RUNS));
        var before = inspect(id).started();
        engine().start(id);
        assertThat(inspect(id).started()).isEqualTo(before);
    }

    @Test
    void whatIsPausedIsStillTheSameWhenItGoesOn() throws Exception {
        String id = started(spec(RUNS));
        var before = inspect(id).started();
        engine().pause(id);
        engine().pause(id);
        assertThat(inspect(id).state()).isEqualTo(State.PAUSED);
        engine().start(id);
        assertThat(inspect(id).state()).isEqualTo(State.RUNNING);
        assertThat(inspect(id).started()).isEqualTo(before);
        assertThat(output(id, "echo", "goes on")).isEqualTo("goes on\n");
    }

    @Test
    void whatIsPausedCanBeStoppedAndRemoved() {
        String stopped = started(spec(RUNS));
        String removed = started(spec(RUNS));
        engine().pause(stopped);
        engine().pause(removed);
        engine().stop(stopped, Duration.ofSeconds(1));
        engine().remove(removed);
        assertThat(inspect(stopped).state()).isEqualTo(State.EXITED);
        assertThat(engine().inspect(removed)).isEmpty();
    }

    @Test
    void whoRemovesWhatSomebodyElseIsRemovingFindsItGone() {
        String id = started(spec(RUNS));
        var removals = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    engine().remove(id);
                    assertThat(engine().inspect(id)).isEmpty();
                }))
                .limit(4)
                .toList();
        removals.forEach(removal -> assertThat(removal).succeedsWithin(LONG));
    }

    @Test
    void pausingWhatDoesNotRunDoesNothing() {
        String id = engine().create(spec(RUNS).build());
        engine().pause(id);
        assertThat(inspect(id).state()).isEqualTo(State.CREATED);
    }

    @Test
    void stoppingSendsTheSignalAndWaitsForTheEnd() {
        String id = started(spec(ShellCommand.script("trap 'exit 7' TERM; sleep 3600 & wait")));
        engine().stop(id, LONG);
        assertThat(inspect(id).state()).isEqualTo(State.EXITED);
        assertThat(inspect(id).exitCode()).contains(7);
    }

    @Test
    void stoppingKillsWhatIsDeafToTheSignal() {
        String id = started(spec(DEAF));
        engine().stop(id, Duration.ofSeconds(1));
        assertThat(inspect(id).exitCode()).contains(137);
    }

    @Test
    void stoppingWhatDoesNotRunOrIsGoneDoesNothing() {
        String id = engine().create(spec(RUNS).build());
        engine().stop(id, LONG);
        engine().start(id);
        engine().stop(id, LONG);
        engine().stop(id, LONG);
        assertThat(inspect(id).state()).isEqualTo(State.EXITED);
        engine().remove(id);
        engine().stop(id, LONG);
    }

    @Test
    void aKillEndsAtOnce() {
        String id = started(spec(DEAF));
        engine().kill(id, "SIGKILL");
        assertThat(engine().awaitExit(id, LONG)).isEqualTo(137);
        engine().kill(id, "SIGKILL");
        assertThat(inspect(id).exitCode()).contains(137);
    }

    @Test
    void aStoppedContainerCanBeStartedAgain() throws Exception {
        String id = started(spec(RUNS));
        engine().stop(id, LONG);
        engine().start(id);
        assertThat(inspect(id).isRunning()).isTrue();
        assertThat(output(id, "echo", "again")).isEqualTo("again\n");
    }

    @Test
    void removingEndsWhatRunsAndRepeatedDoesNothing() {
        String id = started(spec(DEAF));
        engine().remove(id);
        assertThat(engine().inspect(id)).isEmpty();
        engine().remove(id);
        engine().remove(name("never-there"));
    }

    @Test
    void aRenamedContainerIsFoundByItsNewName() {
        String id = started(spec(RUNS));
        String old = inspect(id).name();
        String renamed = name("renamed");
        engine().rename(id, renamed);
        assertThat(engine().inspect(renamed).map(ContainerInfo::id)).contains(id);
        assertThat(engine().inspect(old)).isEmpty();
    }

    @Test
    void aNameIsGivenOnce() {
        ContainerSpec spec = spec(RUNS).build();
        engine().create(spec);
        assertThatThrownBy(() -> engine().create(spec)).isInstanceOf(UserErrorException.class);
    }

    @Test
    void anUnknownImageIsNamed() {
        var spec = ContainerSpec.of(name("c"), "dokploy/never-made:1").labels(labels());
        assertThatThrownBy(() -> engine().create(spec.build()))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessageContaining("dokploy/never-made:1");
    }

    @Test
    void listedAreAllWithAllOfTheLabelsAlsoTheStopped() {
        String first = engine().create(spec(RUNS).label("colour", "blue").build());
        String second = started(spec(RUNS).label("colour", "green"));
        assertThat(engine().list(labels())).extracting(ContainerInfo::id).containsExactlyInAnyOrder(first, second);
        Map<String, String> blue = new java.util.HashMap<>(labels());
        blue.put("colour", "blue");
        assertThat(engine().list(blue)).extracting(ContainerInfo::id).containsExactly(first);
    }

    @Test
    void theExitCodeIsWaitedFor() {
        String id = started(spec(ShellCommand.script("sleep 0.3; exit 3")));
        assertThat(engine().awaitExit(id, LONG)).isEqualTo(3);
        assertThat(engine().awaitExit(id, LONG)).as("asked again").isEqualTo(3);
    }

    @Test
    void waitingForTheEndHasADeadline() {
        String id = started(spec(RUNS));
        assertThatThrownBy(() -> engine().awaitExit(id, Duration.ofMillis(500))).isInstanceOf(DeadlineException.class);
        assertThat(inspect(id).isRunning()).isTrue();
    }

    @Test
    void anInterruptEndsAWaitAndIsKept() {
        String id = started(spec(RUNS));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> engine().awaitExit(id, LONG)).isInstanceOf(DokployException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void whatIsMissingIsNotFound() {
        String none = name("none");
        assertThat(engine().inspect(none)).isEmpty();
        assertThatThrownBy(() -> engine().start(none)).as("start").isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine().kill(none, "SIGKILL")).as("kill").isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine().rename(none, name("r"))).as("rename").isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine().awaitExit(none, LONG)).as("awaitExit").isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine().exec(none, ExecRequest.of("true")))
                .as("exec")
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> {
                    try (var logs = engine().logs(none, Optional.empty(), Optional.empty(), false)) {
                        logs.hasNext();
                    }
                })
                .as("logs")
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine().copyOut(none, "/etc").readAllBytes())
                .as("copyOut")
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine().copyIn(none, "/tmp", Tar.of(Map.of("a", "b"))))
                .as("copyIn")
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatEndsByItselfIsStartedAgainUntilItIsStopped() throws Exception {
        String id = started(spec(ShellCommand.script("sleep 0.2; exit 1")).restart(RestartPolicy.UNLESS_STOPPED));
        await("two restarts", () -> inspect(id).restarts() >= 2);
        engine().stop(id, LONG);
        await("it has ended", () -> inspect(id).state() == State.EXITED);
        pause(Duration.ofSeconds(2));
        assertThat(inspect(id).state()).as("some time later").isEqualTo(State.EXITED);
    }

    @Test
    void onFailureASuccessIsAnEnd() throws Exception {
        String id = started(spec(ShellCommand.script("exit 0")).restart(RestartPolicy.ON_FAILURE));
        await("it has ended", () -> inspect(id).state() == State.EXITED);
        pause(Duration.ofSeconds(1));
        assertThat(inspect(id).restarts()).isZero();
    }

    @Test
    void itsOwnHealthCheckDecidesItsHealth() throws Exception {
        needing(Behaviour.HEALTH_CHECK, () -> {
            String good = started(spec(RUNS).health(List.of("true")));
            String bad = started(spec(RUNS).health(List.of("false")));
            assertThat(inspect(bad).health()).isNotEqualTo(Health.NONE);
            await("the good one is healthy", () -> inspect(good).health() == Health.HEALTHY);
            await("the bad one is unhealthy", () -> inspect(bad).health() == Health.UNHEALTHY);
        });
    }

    @Test
    void whatHappensIsTold() throws Exception {
        needing(Behaviour.EVENTS, () -> {
            Queue<EngineEvent> told = new ConcurrentLinkedQueue<>();
            String id;
            try (var subscription = engine().events(told::add)) {
                id = started(spec(ShellCommand.script("exit 4")));
                engine().awaitExit(id, LONG);
                await("start and end are told", () -> actions(told, id).containsAll(List.of("start", "die")));
            }
            assertThat(told)
                    .filteredOn(event -> event.container().equals(id))
                    .allSatisfy(event -> assertThat(event.labels()).containsAllEntriesOf(labels()));
        });
    }

    private static List<String> actions(Queue<EngineEvent> events, String container) {
        return events.stream()
                .filter(event -> event.container().equals(container))
                .map(EngineEvent::action)
                .toList();
    }
}
