package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.PreSwitchCommand;
import io.dokploy.api.application.Rollout;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.Domain;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.testkit.engine.HttpReply;
import io.dokploy.testkit.engine.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
        walk(path, effect -> !QUESTIONS.contains(effect.call()), Site::crash);
    }

    @ParameterizedTest
    @EnumSource(Path.class)
    void afterAFailureOfAnyCallOneReleaseServesAndNothingIsLeft(Path path) {
        walk(path, effect -> !effect.target().equals("Store"), Site::fail);
    }

    private static void walk(Path path, Predicate<Life.Effect> counts, Consumer<Site> fault) {
        var problems = new ArrayList<String>();
        var walked = new ArrayList<String>();
        try (var site = new Site(path)) {
            boolean hit = true;
            for (int at = 0; hit; at++) {
                hit = site.round(at, counts, fault);
                problems.addAll(site.check(at));
                walked.add(site.hit);
            }
        }
        assertThat(walked).hasSizeGreaterThan(15);
        assertThat(problems).isEmpty();
    }

    /** An application that is deployed again and again. */
    private static final class Site implements AutoCloseable {
        private final TestDokploy dokploy = TestDokploy.start();
        private final Path path;
        private final TestSource source = dokploy.directory("shop");
        private int versions;
        private Optional<ReleaseId> former = Optional.empty();
        private OperationId operation;
        private String hit = "";

        Site(Path path) {
            this.path = path;
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

        private Operation<Release> request() {
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

        boolean round(int at, Predicate<Life.Effect> counts, Consumer<Site> fault) {
            if (path == Path.FIRST) {
                dokploy.applications()
                        .find("shop")
                        .ifPresent(old -> dokploy.applications()
                                .delete("shop", DeleteRequest.keepingVolumes())
                                .await());
                create();
            }
            former = dokploy.applications().get("shop").live();
            hit = "";
            var calls = new AtomicInteger();
            dokploy.witness(effect -> {
                boolean inOperation = Thread.currentThread().getName().startsWith("db-scheduler-pool");
                if (inOperation && counts.test(effect) && calls.getAndIncrement() == at) {
                    hit = effect.toString();
                    fault.accept(this);
                }
            });
            try {
                var asked = request();
                operation = asked.id();
                asked.await();
            } catch (DokployException e) {
                // What it comes to is seen afterwards.
            }
            dokploy.witness(effect -> {});
            if (dokploy.isDead()) {
                dokploy.restart();
                dokploy.runUntilIdle();
            } else {
                // A call that clears away may have failed itself; that is what a reconciliation is for.
                dokploy.client().maintenance().reconcile().await();
                dokploy.client().maintenance().pruneImages().await();
            }
            return !hit.isEmpty();
        }

        void crash() {
            dokploy.crash();
        }

        void fail() {
            throw new EngineUnavailableException("call " + hit, "the test lets it fail", "Try again.");
        }

        List<String> check(int at) {
            var problems = new ArrayList<String>();
            var application = dokploy.applications().get("shop");
            var releases = dokploy.applications().releases("shop");
            var live = application.live();
            var record = dokploy.operation(operation).record();
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
            return problems.stream()
                    .map(problem -> "call " + at + ", " + hit + ": " + problem)
                    .toList();
        }

        private static boolean isOf(ContainerInfo container, Optional<ReleaseId> release) {
            return release.isPresent()
                    && release.get().value().equals(container.labels().get("io.dokploy.release"));
        }

        @Override
        public void close() {
            dokploy.close();
        }
    }
}
