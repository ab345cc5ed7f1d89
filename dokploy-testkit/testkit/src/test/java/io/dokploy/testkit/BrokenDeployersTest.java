package io.dokploy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.spi.engine.ContainerInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of deployers finds each of these faults. */
class BrokenDeployersTest {

    @Test
    void theSoundOneBreaksNothing() {
        assertThat(ContractFailures.of(PlainDeployerTest.class)).isEmpty();
    }

    @Test
    void itFindsEachFault() {
        assertThat(ContractFailures.of(SeesOtherStores.class)).contains("twoStoresNeverSeeEachOthersContainers");
        assertThat(ContractFailures.of(LeavesCommandsBehind.class))
                .contains("aCommandThatRunsOnceLeavesNothing", "aCommandThatDoesNotEndIsEnded");
        assertThat(ContractFailures.of(KeepsTheOldName.class)).contains("theNameGoesFromTheOldReleaseToTheNew");
        assertThat(ContractFailures.of(OnlyStops.class)).contains("twoReleasesRunBesideEachOther", "replicasComeAndGo");
        assertThat(ContractFailures.of(AlwaysRemovesVolumes.class)).containsExactly("volumesGoOnlyWhenAskedFor");
        assertThat(ContractFailures.of(MakesAllAnew.class)).contains("whatIsThereIsLeftAlone");
    }

    static class SeesOtherStores extends PlainDeployerTest {
        @Override
        protected Deployer deployer() {
            return new PlainDeployer() {
                @Override
                Map<String, String> labels(ApplicationRef application) {
                    return Map.of("io.dokploy.app", application.id().value());
                }
            };
        }
    }

    static class LeavesCommandsBehind extends PlainDeployerTest {
        @Override
        protected Deployer deployer() {
            return new PlainDeployer() {
                @Override
                public CommandResult runOnce(
                        Target target, List<String> arguments, Duration timeout, PluginContext context) {
                    prepare(new Target(target.application(), target.release(), 1, 2), context);
                    Process process = observe(target.application(), context).get(0);
                    return execute(process, arguments, timeout, context);
                }

                @Override
                public CommandResult execute(
                        Process process, List<String> arguments, Duration timeout, PluginContext context) {
                    return arguments.get(0).equals("sleep")
                            ? new CommandResult(1, List.of())
                            : super.execute(process, arguments, timeout, context);
                }
            };
        }
    }

    static class KeepsTheOldName extends PlainDeployerTest {
        @Override
        protected Deployer deployer() {
            return new PlainDeployer() {
                @Override
                public void demote(ApplicationRef application, ReleaseId release, PluginContext context) {}
            };
        }
    }

    static class OnlyStops extends PlainDeployerTest {
        @Override
        protected Deployer deployer() {
            return new PlainDeployer() {
                @Override
                void end(ContainerInfo info, ContainerEngine engine) {
                    engine.stop(info.id(), Duration.ZERO);
                }
            };
        }
    }

    static class AlwaysRemovesVolumes extends PlainDeployerTest {
        @Override
        protected Deployer deployer() {
            return new PlainDeployer() {
                @Override
                public void removeAll(ApplicationRef application, Volumes volumes, PluginContext context) {
                    super.removeAll(application, Volumes.REMOVE, context);
                }
            };
        }
    }

    static class MakesAllAnew extends PlainDeployerTest {
        @Override
        protected Deployer deployer() {
            return new PlainDeployer() {
                @Override
                public void prepare(Target target, PluginContext context) {
                    retire(target.application(), target.release().id(), context);
                    super.prepare(target, context);
                }
            };
        }
    }
}
