package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.source.GitSource;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host application that deploys is killed with SIGKILL. The site is served throughout, the next start goes on from
 * there, and nothing is left behind.
 */
class CrashFaultTest {

    private static final String NOWHERE = "-";
    private static final Moment HELD = child -> child.await("held");

    @TempDir
    static Path directory;

    private static TestRepository repository;
    private static GitServer git;
    private static Site site;
    private static int version;

    @BeforeAll
    static void deployFirst() {
        repository = new TestRepository(directory.resolve("shop"));
        git = new GitServer(repository);
        site = new Site(directory.resolve("site"));
        repository.commit(Integer.toString(version));
        site.applications()
                .create(Site.app("shop", repository)
                        .source(GitSource.of(git.url()).branch("main"))
                        .build());
        site.applications().deploy("shop").await(Site.PATIENCE);
    }

    @AfterAll
    static void close() {
        site.close();
        git.close();
        repository.close();
    }

    @Test
    void inTheBuild() throws Exception {
        version++;
        var sleep = "60." + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
        repository.commitDockerfile("""
                FROM busybox:1.37 AS slow
                RUN --mount=type=cache,target=/once,id=%1$s \
                    if [ ! -e /once/done ]; then touch /once/done && sleep %1$s; fi; touch /built
                FROM dokploy/testapp:1
                COPY --from=slow /built /built
                ENV VERSION=%2$d
                """.formatted(sleep, version));
        killed(NOWHERE, child -> {
            child.await("asked");
            await().atMost(Site.PATIENCE).until(() -> Processes.anyWith("sleep " + sleep));
        });
        assertThat(Processes.anyWith("sleep " + sleep)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "switch"})
    void in(String step) throws Exception {
        repository.commit(Integer.toString(++version));
        killed(step, HELD);
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(strings = {"plan", "ship", "start", "promote", "confirm", "record", "drain", "retire"})
    void inEveryOtherStep(String step) throws Exception {
        repository.commit(Integer.toString(++version));
        killed(step, HELD);
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(strings = {GitServer.REFS, GitServer.OBJECTS})
    void whileTheServerOfTheSourceIsAsked(String request) throws Exception {
        repository.commit(Integer.toString(++version));
        git.hold(request);
        killed(NOWHERE, child -> {
            git.awaitHeld();
            git.release();
        });
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(strings = {"check", "record"})
    void inARollback(String step) throws Exception {
        repository.commit(Integer.toString(++version));
        site.applications().deploy("shop").await(Site.PATIENCE);
        killed(Integer.toString(version - 1), () -> ChildDokploy.rollingBack(site, "shop", step), HELD);
    }

    /** Starts a host application that is to be killed. */
    private interface Begin {
        ChildDokploy child() throws Exception;
    }

    /** Waits until it is to be killed. */
    private interface Moment {
        void await(ChildDokploy child) throws Exception;
    }

    private static void killed(String heldAt, Moment moment) throws Exception {
        killed(Integer.toString(version), () -> ChildDokploy.deploying(site, Stores.EMBEDDED, "shop", heldAt), moment);
    }

    private static void killed(String served, Begin begin, Moment moment) throws Exception {
        try (var load = site.load("shop.localhost").with(6, 20)) {
            site.stop();
            try (var child = begin.child()) {
                moment.await(child);
                child.kill();
            }
            site.start();

            var operation = newest();
            await().atMost(Site.PATIENCE).until(() -> newest().state().isFinal());
            assertThat(newest().id()).isEqualTo(operation.id());
            assertThat(newest().state()).as(newest().toString()).isEqualTo(State.SUCCEEDED);
            load.close();
            assertThat(load.failures()).isEmpty();
            assertThat(load.versions()).hasSize(2).containsKey(served);
        }
        assertThat(Leftovers.of(site)).isEmpty();
    }

    private static OperationRecord newest() {
        return site.client().operations().list(1).get(0);
    }
}
