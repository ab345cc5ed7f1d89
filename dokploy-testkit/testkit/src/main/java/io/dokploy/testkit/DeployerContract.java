package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.LogLine;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.release.Release;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer.CommandResult;
import io.dokploy.spi.Deployer.Process;
import io.dokploy.spi.Deployer.State;
import io.dokploy.spi.Deployer.Target;
import io.dokploy.spi.Deployer.Volumes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link io.dokploy.spi.Deployer} of containers promises, tested with the in-memory engine unless {@link
 * #engine()} and {@link #image()} give another. Inherit it and give the deployer.
 */
public abstract class DeployerContract extends DeployerFixture {

    @Test
    void itsIdIsStableAndLowerCase() {
        assertThat(deployer().id())
                .matches("[a-z][a-z0-9-]*")
                .isEqualTo(deployer().id());
    }

    @Test
    void asManyRunAsWereAskedFor() {
        ApplicationRef application = application();
        Target target = prepared(application, 2);
        List<Process> processes = processes(application);
        assertThat(processes).hasSize(2).allSatisfy(process -> {
            assertThat(process.state()).isEqualTo(State.RUNNING);
            assertThat(process.release()).isEqualTo(target.release().id());
            assertThat(process.epoch()).isEqualTo(1);
            assertThat(process.address()).isPresent();
            assertThat(process.started()).isPresent();
            assertThat(process.exitCode()).isEmpty();
        });
        assertThat(processes).extracting(Process::replica).containsExactlyInAnyOrder(1, 2);
        assertThat(processes).extracting(Process::name).doesNotHaveDuplicates();
    }

    @Test
    void whatIsThereIsLeftAlone() {
        ApplicationRef application = application();
        Target target = prepared(application, 2);
        List<Process> before = processes(application);
        deployer().prepare(target, context());
        assertThat(processes(application)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void replicasComeAndGo() {
        ApplicationRef application = application();
        Target three = prepared(application, 3);
        List<String> former = processes(application).stream().map(Process::id).toList();
        deployer().prepare(new Target(application, three.release(), 1, 1), context());
        assertThat(processes(application)).extracting(Process::id).hasSize(1).isSubsetOf(former);
        deployer().prepare(new Target(application, three.release(), 2, 1), context());
        assertThat(processes(application)).extracting(Process::replica).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void whatWasLostIsMadeAgain() {
        ApplicationRef application = application();
        Target target = prepared(application, 2);
        engine().remove(processes(application).get(0).id());
        deployer().prepare(target, context());
        assertThat(processes(application)).hasSize(2).allMatch(Process::isRunning);
    }

    @Test
    void everythingCarriesItsLabels() {
        ApplicationRef application = application();
        Target target = new Target(
                application, release(application, spec().label("team", "a").build()), 1, 42);
        deployer().prepare(target, context());
        assertThat(engine().list(Map.of(INSTANCE_LABEL, application.instance())))
                .hasSize(1)
                .allSatisfy(container -> assertThat(container.labels())
                        .containsEntry("io.dokploy.app", application.id().value())
                        .containsEntry(
                                "io.dokploy.release", target.release().id().value())
                        .containsEntry("io.dokploy.epoch", "42")
                        .containsEntry("team", "a"));
        assertThat(processes(application)).extracting(Process::epoch).containsExactly(42L);
    }

    @Test
    void twoReleasesRunBesideEachOther() {
        ApplicationRef application = application();
        Target old = prepared(application, 1);
        Target next = prepared(application, 2);
        assertThat(processes(application)).hasSize(3).allMatch(Process::isRunning);
        assertThat(processes(application)).extracting(Process::name).doesNotHaveDuplicates();
        deployer().retire(application, old.release().id(), context());
        assertThat(processes(application, old.release().id())).isEmpty();
        assertThat(processes(application, next.release().id())).hasSize(2).allMatch(Process::isRunning);
        deployer().retire(application, old.release().id(), context());
    }

    @Test
    void theNameGoesFromTheOldReleaseToTheNew() {
        ApplicationRef application = application();
        Target old = prepared(application, 1);
        deployer().promote(old, context());
        Target next = prepared(application, 1);
        assertThat(promoted(application)).containsExactly(old.release().id().value());
        deployer().promote(next, context());
        deployer().promote(next, context());
        deployer().demote(application, old.release().id(), context());
        deployer().demote(application, old.release().id(), context());
        assertThat(promoted(application)).containsExactly(next.release().id().value());
        assertThat(processes(application)).allMatch(Process::isRunning);
    }

    @Test
    void theNameLeadsToThePromoted() {
        ApplicationRef application = application();
        Target target = prepared(application, 1);
        deployer().promote(target, context());
        Process process = processes(application).get(0);
        assertThat(execute(process, "ping", "-c", "1", "-W", "2", application.name())
                        .exitCode())
                .isZero();
    }

    @Test
    void theNamesInTheNetworkAreKnownBefore() {
        ApplicationRef application = application();
        Target target = target(application, 2);
        List<String> hosts = deployer().hosts(target);
        String network = deployer().ensureNetwork(application, context());
        assertThat(deployer().ensureNetwork(application, context())).isEqualTo(network);
        assertThat(engine().inspectNetwork(network)).isPresent();
        deployer().prepare(target, context());
        assertThat(processes(application))
                .extracting(Process::name)
                .containsExactlyInAnyOrderElementsOf(hosts)
                .hasSize(2);
        Process process = processes(application).get(0);
        assertThat(hosts)
                .allSatisfy(host -> assertThat(execute(process, "ping", "-c", "1", "-W", "2", host)
                                .exitCode())
                        .as(host)
                        .isZero());
    }

    @Test
    void aPortThatNobodyListensOnAcceptsNothing() {
        ApplicationRef application = application();
        prepared(application, 1);
        assertThat(deployer().acceptsTcp(processes(application).get(0), 9, context()))
                .isFalse();
    }

    @Test
    void whatIsStoppedIsKept() {
        ApplicationRef application = application();
        Target target = prepared(application, 2);
        List<String> ids = containers(application);
        deployer().stop(application, target.release().id(), context());
        deployer().stop(application, target.release().id(), context());
        assertThat(processes(application)).extracting(Process::state).containsOnly(State.EXITED);
        deployer().start(application, target.release().id(), context());
        deployer().start(application, target.release().id(), context());
        assertThat(processes(application)).allMatch(Process::isRunning);
        assertThat(containers(application)).isEqualTo(ids);
    }

    @Test
    void whatIsPausedGoesOnAsItWas() {
        ApplicationRef application = application();
        Target target = prepared(application, 2);
        var before = processes(application).stream().map(Process::started).toList();
        deployer().pause(application, target.release().id(), context());
        deployer().pause(application, target.release().id(), context());
        assertThat(processes(application)).extracting(Process::state).containsOnly(State.PAUSED);
        deployer().start(application, target.release().id(), context());
        assertThat(processes(application)).allMatch(Process::isRunning);
        assertThat(processes(application)).extracting(Process::started).isEqualTo(before);
    }

    @Test
    void whatIsStoppedHasItsPlaceWhenOthersCameMeanwhile() {
        ApplicationRef application = application();
        Target former = prepared(application, 2);
        Target stopped = prepared(application, 2);
        deployer().promote(stopped, context());
        deployer().demote(application, former.release().id(), context());
        deployer().retire(application, former.release().id(), context());
        deployer().stop(application, stopped.release().id(), context());
        Target other = prepared(sibling(application), 6);
        deployer().start(application, stopped.release().id(), context());
        assertThat(processes(application)).hasSize(2).allMatch(Process::isRunning);
        assertThat(processes(other.application())).hasSize(6).allMatch(Process::isRunning);
    }

    @Test
    void anEndIsReportedWithItsCode() throws Exception {
        ApplicationRef application = application();
        ApplicationSpec ending = spec().command(ShellCommand.script("exit 5"))
                .restart(RestartPolicy.NEVER)
                .build();
        deployer().prepare(new Target(application, release(application, ending), 1, 1), context());
        await("it has ended", () -> processes(application).get(0).state() == State.EXITED);
        assertThat(processes(application).get(0).exitCode()).contains(5);
    }

    @Test
    void aCommandThatRunsOnceLeavesNothing() {
        ApplicationRef application = application();
        Target target = prepared(application, 1);
        List<String> before = containers(application);
        CommandResult good = runOnce(target, LONG, ShellCommand.script("echo migrated"));
        assertThat(good.exitCode()).isZero();
        assertThat(good.lastLines()).contains("migrated");
        CommandResult bad = runOnce(target, LONG, ShellCommand.script("echo no table >&2; exit 3"));
        assertThat(bad.exitCode()).isEqualTo(3);
        assertThat(bad.lastLines()).contains("no table");
        assertThat(containers(application)).isEqualTo(before);
        assertThat(processes(application)).hasSize(1);
    }

    @Test
    void aCommandThatDoesNotEndIsEnded() {
        ApplicationRef application = application();
        Target target = target(application, 1);
        try {
            CommandResult result = runOnce(target, Duration.ofSeconds(1), "sleep", "600");
            assertThat(result.exitCode()).isNotZero();
        } catch (DokployException e) {
            assertThat(e.failure().reason()).isNotBlank();
        }
        assertThat(containers(application)).isEmpty();
    }

    @Test
    void variablesAndFilesArrive() {
        ApplicationRef application = application();
        ApplicationSpec spec = spec().env("PASSWORD", Secret.of("p4ss w\"rd"))
                .mount(Mount.file("colour=blue\n", "/tmp/app/shop.conf"))
                .build();
        Release release = release(application, spec);
        deployer().prepare(new Target(application, release, 1, 1), context());
        Process process = processes(application).get(0);
        assertThat(execute(process, ShellCommand.script("echo \"$PASSWORD\"")).lastLines())
                .containsExactly("p4ss w\"rd");
        assertThat(execute(process, "cat", "/tmp/app/shop.conf").lastLines()).containsExactly("colour=blue");
    }

    @Test
    void aCommandInsideHasItsExitCode() {
        ApplicationRef application = application();
        prepared(application, 1);
        CommandResult result = execute(processes(application).get(0), ShellCommand.script("echo checked; exit 4"));
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.lastLines()).containsExactly("checked");
    }

    @Test
    void aCommandInsideHasStreams() throws Exception {
        ApplicationRef application = application();
        prepared(application, 1);
        Process process = processes(application).get(0);
        try (var session = deployer().exec(process, ExecRequest.of("wc", "-c").withStdin(), context())) {
            session.stdin().write("12345".getBytes(StandardCharsets.US_ASCII));
            session.stdin().close();
            assertThat(session.stdout().readAllBytes()).asString().isEqualTo("5\n");
            assertThat(session.awaitExit(LONG)).isZero();
        }
    }

    @Test
    void theOutputOfAllReplicasIsRead() throws Exception {
        ApplicationRef application = application();
        Target target = prepared(application, 2);
        await("both have printed", () -> logs(target).size() == 2);
        assertThat(logs(target)).extracting(LogLine::text).containsOnly("started");
        assertThat(logs(target)).extracting(LogLine::container).doesNotHaveDuplicates();
    }

    @Test
    void twoStoresNeverSeeEachOthersContainers() {
        ApplicationRef ours = application();
        ApplicationRef theirs = inAnotherStore(ours);
        Target mine = prepared(ours, 1);
        prepared(theirs, 1);
        List<String> others = containers(theirs);
        assertThat(processes(ours)).hasSize(1);
        assertThat(processes(theirs)).hasSize(1);
        assertThat(processes(ours)).extracting(Process::id).doesNotContainAnyElementsOf(others);
        deployer().retire(ours, mine.release().id(), context());
        deployer().removeAll(ours, Volumes.REMOVE, context());
        assertThat(containers(theirs)).isEqualTo(others);
        assertThat(processes(theirs)).allMatch(Process::isRunning);
    }

    @Test
    void volumesGoOnlyWhenAskedFor() {
        ApplicationRef application = application();
        ApplicationSpec spec = spec().mount(Mount.volume("data", "/data")).build();
        Target target = new Target(application, release(application, spec), 1, 1);
        Map<String, String> ours = Map.of(INSTANCE_LABEL, application.instance());
        deployer().prepare(target, context());
        assertThat(engine().listVolumes(ours)).hasSize(1);
        execute(processes(application).get(0), ShellCommand.script("echo kept > /data/file"));
        deployer().removeAll(application, Volumes.KEEP, context());
        assertThat(processes(application)).isEmpty();
        assertThat(engine().listVolumes(ours)).hasSize(1);
        deployer().prepare(target, context());
        assertThat(execute(processes(application).get(0), "cat", "/data/file").lastLines())
                .containsExactly("kept");
        deployer().removeAll(application, Volumes.REMOVE, context());
        deployer().removeAll(application, Volumes.REMOVE, context());
        assertThat(engine().listVolumes(ours)).isEmpty();
        assertThat(containers(application)).isEmpty();
    }

    @Test
    void aVolumeThatAnotherApplicationUsesStaysUntilThatGoesToo() {
        ApplicationRef first = application();
        ApplicationRef second = sibling(first);
        ApplicationSpec spec = spec().mount(Mount.volume("data", "/data")).build();
        deployer().prepare(new Target(first, release(first, spec), 1, 1), context());
        deployer().prepare(new Target(second, release(second, spec), 1, 1), context());
        Map<String, String> ours = Map.of(INSTANCE_LABEL, first.instance());
        deployer().removeAll(first, Volumes.REMOVE, context());
        assertThat(engine().listVolumes(ours)).hasSize(1);
        deployer().removeAll(second, Volumes.REMOVE, context());
        assertThat(engine().listVolumes(ours)).isEmpty();
    }

    @Test
    void aCommandThatADeadProcessLeftIsEndedBeforeTheNextOne() {
        ApplicationRef application = application();
        Target target = prepared(application, 1);
        try (TestContext dying = TestContext.of(dyingAfterStart())) {
            assertThatThrownBy(() -> deployer().runOnce(target, List.of("sleep", "600"), LONG, dying))
                    .hasMessage(DIED);
        }
        assertThat(containers(application)).as("with what was left").hasSize(2);
        assertThat(runOnce(target, LONG, ShellCommand.script("echo migrated")).lastLines())
                .contains("migrated");
        assertThat(containers(application)).hasSize(1);
    }

    @Test
    void nothingRunsOfAnApplicationThatNobodyKnows() {
        ApplicationRef application = application();
        assertThat(processes(application)).isEmpty();
        deployer().retire(application, SampleReleases.releaseId(), context());
        deployer().stop(application, SampleReleases.releaseId(), context());
        deployer().demote(application, SampleReleases.releaseId(), context());
    }

    @Test
    void aContainerThatCannotBeMadeIsAnError() {
        ApplicationRef application = application();
        Release known = release(application, spec().build());
        var gone = new Release.ReleaseImage(
                "sha256:" + "0".repeat(64),
                "dokploy/gone:1",
                known.image().digest(),
                known.image().identity());
        var release = new Release(
                known.id(),
                known.application(),
                known.operation(),
                gone,
                known.spec(),
                known.environment(),
                known.commit(),
                known.created(),
                known.actor());
        assertThatThrownBy(() -> deployer().prepare(new Target(application, release, 1, 1), context()))
                .isInstanceOf(DokployException.class);
        assertThat(processes(application)).isEmpty();
    }
}
