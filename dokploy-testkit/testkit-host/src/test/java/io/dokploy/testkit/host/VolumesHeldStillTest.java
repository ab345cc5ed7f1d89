package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Operation;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.spi.Deployer.State;
import io.dokploy.spi.engine.ContainerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An application is held still for as long as its volumes are read, and goes on whatever happens. */
class VolumesHeldStillTest {

    /** Reads a volume. */
    private static final String READS = "copyOut";

    private final MemoryPlace place = new MemoryPlace();
    private final TestDokploy dokploy = TestDokploy.builder()
            .with(builder -> builder.plugin(place.inNextLife()))
            .start();
    private final List<State> whileRead = new ArrayList<>();

    @BeforeEach
    void deploy() {
        dokploy.client().backups().putTarget("memory", MemoryPlace.settings());
        dokploy.applications()
                .create(ApplicationSpec.named("files")
                        .source(dokploy.directory("files")
                                .commitAnswering("hello")
                                .source())
                        .replicas(2)
                        .mount(Mount.volume("data", "/data"))
                        .build());
        dokploy.applications().deploy("files").await();
    }

    @AfterEach
    void close() {
        dokploy.close();
    }

    @ParameterizedTest
    @CsvSource({"LIVE, RUNNING", "PAUSED, PAUSED", "STOPPED, EXITED"})
    void itDoesWhatWasAskedWhileItsVolumesAreReadAndGoesOn(DuringBackup during, State state) {
        onRead(() -> {});
        var backup = backUp(during).await();

        assertThat(backup.proven()).isTrue();
        // Two of the application while it is read, and the same two while the proof reads its scratch volume.
        assertThat(whileRead.subList(0, 2)).containsOnly(state);
        assertThat(whileRead.subList(2, whileRead.size())).isNotEmpty().containsOnly(State.RUNNING);
        assertGoesOn();
    }

    @ParameterizedTest
    @EnumSource(
            value = DuringBackup.class,
            names = {"PAUSED", "STOPPED"})
    void itGoesOnThoughTheVolumesCannotBeRead(DuringBackup during) {
        onRead(() -> {
            throw new EngineUnavailableException("volume", "the test lets it fail", "Try again.");
        });
        assertThatThrownBy(() -> backUp(during).await()).isInstanceOf(EngineUnavailableException.class);
        assertGoesOn();
        assertThat(place.keys()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = DuringBackup.class,
            names = {"PAUSED", "STOPPED"})
    void theNextAttemptLetsItGoOnWhenTheProcessDiesMeanwhile(DuringBackup during) {
        onRead(dokploy::crash);
        var operation = backUp(during);
        assertThatThrownBy(operation::await).isInstanceOf(DokployException.class);
        assertThat(containers()).noneMatch(ContainerInfo::isRunning);

        onRead(() -> {});
        dokploy.restart();
        dokploy.runUntilIdle();
        assertThat(dokploy.operation(operation.id()).record().state().name()).isEqualTo("SUCCEEDED");
        assertGoesOn();
    }

    @Test
    void whoWasStoppedBeforeStaysStopped() {
        dokploy.applications().stop("files").await();
        backUp(DuringBackup.STOPPED).await();
        backUp(DuringBackup.PAUSED).await();
        assertThat(containers()).noneMatch(ContainerInfo::isRunning);
    }

    @Test
    void aDeploymentWaitsUntilItGoesOn() {
        var deployments = new ArrayList<Operation<?>>();
        onRead(() -> {
            if (deployments.isEmpty()) {
                deployments.add(dokploy.applications().restart("files"));
            }
        });
        var backup = backUp(DuringBackup.STOPPED);
        backup.await();
        deployments.get(0).await();
        var last = backup.events().get(backup.events().size() - 1);
        assertThat(deployments.get(0).events().get(0).sequence()).isGreaterThan(last.sequence());
        assertGoesOn();
    }

    @Test
    void aReconciliationLetsGoOnWhatSomebodyPaused() {
        containers().forEach(container -> dokploy.containers().pause(container.id()));
        dokploy.client().maintenance().reconcile().await();
        assertGoesOn();
    }

    private Operation<CataloguedBackup> backUp(DuringBackup during) {
        return dokploy.client().backups().backUpVolumes("files", "memory", during);
    }

    private void onRead(Runnable action) {
        whileRead.clear();
        dokploy.witness(effect -> {
            if (effect.call().equals(READS)) {
                containers().forEach(container -> whileRead.add(container.state()));
                action.run();
            }
        });
    }

    private List<ContainerInfo> containers() {
        return dokploy.containers().list(Map.of("io.dokploy.role", "app"));
    }

    private void assertGoesOn() {
        assertThat(containers()).hasSize(2).allMatch(ContainerInfo::isRunning);
        assertThat(dokploy.containers().list(Map.of("io.dokploy.role", "scratch")))
                .isEmpty();
    }
}
