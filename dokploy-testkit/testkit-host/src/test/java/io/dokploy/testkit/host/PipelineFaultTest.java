package io.dokploy.testkit.host;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.PreSwitchCommand;
import io.dokploy.api.application.Rollout;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.Domain;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.testkit.engine.HttpReply;
import io.dokploy.testkit.engine.Program;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks through the pipeline call by call: the process dies before each change of engine, router or store, or a call of
 * engine or router fails. Afterwards exactly one release serves, the former or the new one as the operation says; the
 * store agrees, and nothing else is left on the engine; after a failure at the latest when a reconciliation has run, since
 * the call that failed may have been the one that clears away.
 */
class PipelineFaultTest {

    private static final Set<String> QUESTIONS = Set.of(
            "list",
            "inspect",
            "inspectImage",
            "inspectNetwork",
            "listNetworks",
            "listImages",
            "info",
            "diskSpace",
            "published",
            "check",
            "probe",
            "ask",
            "awaitInForce",
            "connections",
            "logs",
            "awaitExit",
            "id");

    /** What is walked through. */
    enum Path {
        FIRST(spec -> spec),
        BLUE_GREEN(spec -> spec.replicas(2)),
        RECREATE(spec -> spec.rollout(Rollout.recreate())),
        CANARY(spec -> spec.rollout(Rollout.canary(10, Duration.ofSeconds(1)))),
        ROLLBACK(spec -> spec);

        private final UnaryOperator<ApplicationSpec.Builder> settings;

        Path(UnaryOperator<ApplicationSpec.Builder> settings) {
            this.settings = settings;
        }
    }

    @ParameterizedTest
    @EnumSource(Path.class)
    void afterACrashAtAnyCallOneReleaseServesAndNothingIsLeft(Path path) {
        FaultWalk.crashAtEach(() -> new Site(path), QUESTIONS, 15);
    }

    @ParameterizedTest
    @EnumSource(Path.class)
    void afterAFailureOfAnyCallOneReleaseServesAndNothingIsLeft(Path path) {
        FaultWalk.failAtEach(() -> new Site(path), 15);
    }

    /** An application that is deployed again and again. */
    private static final class Site extends FaultWalk {
        private final TestDokploy dokploy;
        private final Path path;
        private final TestSource source;
        private int versions;
        private Optional<ReleaseId> former = Optional.empty();

        Site(Path path) {
            this(path, TestDokploy.start());
        }

        private Site(Path path, TestDokploy dokploy) {
            super(dokploy);
            this.path = path;
            this.dokploy = dokploy;
            this.source = dokploy.directory("shop");
            if (path != Path.FIRST) {
                create();
                deploy().await();
                deploy().await();
            }
        }

        private void create() {
            dokploy.applications()
                    .create(path.settings
                            .apply(ApplicationSpec.named("shop")
                                    .source(source.source())
                                    .domain(Domain.of("shop.localhost"))
                                    .preSwitch(PreSwitchCommand.of("migrate"))
                                    .keepReleases(3)
                                    .drain(Duration.ofSeconds(2)))
                            .build());
        }

        private Operation<Release> deploy() {
            var text = "version " + versions++;
            source.commit(
                    Program.serving().answering(call -> HttpReply.ok(text)).command("migrate", call -> 0));
            return dokploy.applications().deploy("shop");
        }

        @Override
        Operation<Release> request() {
            if (path != Path.ROLLBACK) {
                return deploy();
            }
            var other = dokploy.applications().releases("shop").stream()
                    .map(Release::id)
                    .filter(id -> !former.equals(Optional.of(id)))
                    .findFirst()
                    .orElseThrow();
            return dokploy.applications().rollback("shop", other);
        }

        @Override
        void prepare(int at) {
            if (path == Path.FIRST) {
                dokploy.applications()
                        .find("shop")
                        .ifPresent(old -> dokploy.applications()
                                .delete("shop", DeleteRequest.keepingVolumes())
                                .await());
                create();
            }
            former = dokploy.applications().get("shop").live();
        }

        /** That is what a reconciliation is for. */
        @Override
        void clearAway() {
            dokploy.client().maintenance().reconcile().await();
            dokploy.client().maintenance().pruneImages().await();
        }

        @Override
        void check(OperationRecord record, List<String> problems) {
            var application = dokploy.applications().get("shop");
            var releases = dokploy.applications().releases("shop");
            var live = application.live();
            if (record.state() == State.SUCCEEDED ? live.equals(former) : !live.equals(former)) {
                problems.add(record.state() + " at " + record.step() + ", but " + live + " is live, and " + former
                        + " was before");
            }
            live.ifPresent(id -> {
                if (releases.stream().noneMatch(release -> release.id().equals(id))) {
                    problems.add("the live release is not in the store");
                }
            });
            var all = dokploy.containers().list(Map.of());
            long good = all.stream()
                    .filter(container -> container.isRunning() && isOf(container, live))
                    .count();
            int replicas = live.isEmpty() ? 0 : application.spec().replicas();
            if (good != replicas || all.size() != replicas) {
                problems.add("containers are "
                        + all.stream()
                                .map(one -> one.name() + " " + one.state())
                                .toList() + " but live is " + live);
            }
            int status = dokploy.get("http://shop.localhost/").status();
            if (live.isEmpty() ? status < 400 : status != 200) {
                problems.add("the front door answers " + status);
            }
            int images = dokploy.containers()
                    .listImages(Map.of("io.dokploy.app", application.id().value()))
                    .size();
            long needed = releases.stream()
                    .map(release -> release.image().id())
                    .distinct()
                    .count();
            if (images != needed) {
                problems.add(images + " images for " + needed + " of " + releases.size() + " releases");
            }
        }

        private static boolean isOf(ContainerInfo container, Optional<ReleaseId> release) {
            return release.isPresent()
                    && release.get().value().equals(container.labels().get("io.dokploy.release"));
        }
    }
}
