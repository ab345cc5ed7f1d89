package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.Operation;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.release.Release;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.DokployBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** A site whose one application serves its first version: what tests try to break. */
final class LiveShop implements AutoCloseable {

    final TestRepository repository;
    final GitServer git;
    final Site site;
    private final ApplicationSpec spec;
    private Release live;
    private String version = "1";

    LiveShop(Path directory) {
        this(directory, UnaryOperator.identity());
    }

    LiveShop(Path directory, UnaryOperator<DokployBuilder> changes) {
        repository = new TestRepository(directory.resolve("shop"));
        git = new GitServer(repository);
        site = new Site(directory.resolve("site"), changes);
        repository.commit(version);
        spec = Site.app("shop", repository)
                .source(GitSource.of(git.url()).branch("main"))
                .build();
        site.applications().create(spec);
        live = deploy().await(Site.PATIENCE);
    }

    Load load() {
        return site.load("shop.localhost").with(4, 0);
    }

    Release live() {
        return live;
    }

    String version() {
        return version;
    }

    Operation<Release> deploy() {
        return site.applications().deploy("shop");
    }

    /** Deploys and waits until it is at that step. */
    Operation<Release> deployUntil(String step) {
        var operation = deploy();
        await().atMost(Site.PATIENCE).until(() -> operation.record().step().equals(step));
        return operation;
    }

    /** The first spec with these changes. */
    void change(UnaryOperator<ApplicationSpec.Builder> change) {
        var application = site.applications().get("shop");
        site.applications()
                .update(
                        "shop",
                        application.version(),
                        change.apply(spec.toBuilder()).build());
    }

    /** Commits a version whose build sleeps for ten minutes, once; returns the words to find the sleeper by. */
    String commitSleepingBuild(String newVersion) {
        var sleep = "sleep 600." + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
        repository.commitDockerfile("""
                FROM busybox:1.37 AS slow
                RUN --mount=type=cache,target=/once,id=%1$s \
                    if [ ! -e /once/done ]; then touch /once/done && %2$s; fi; touch /built
                FROM dokploy/testapp:1
                COPY --from=slow /built /built
                ENV VERSION=%3$s
                """.formatted(sleep.replace(' ', '-'), sleep, newVersion));
        return sleep;
    }

    /** What came of it is what serves from now on. */
    void isLive(Release release, String newVersion) {
        live = release;
        version = newVersion;
    }

    /** The release from before serves alone, nobody has noticed anything, and nothing is left. */
    void assertUntouched(Load load) throws InterruptedException {
        load.close();
        assertThat(load.failures()).isEmpty();
        assertThat(load.versions()).containsOnlyKeys(version);
        assertThat(site.applications().status("shop").live()).contains(live.id());
        assertThat(site.applications().status("shop").processes())
                .hasSize(1)
                .allMatch(process -> process.release().equals(live.id()));
        assertThat(Leftovers.of(site)).isEmpty();
    }

    @Override
    public void close() {
        site.close();
        git.close();
        repository.close();
    }

    /** Long enough for never. */
    static final Duration LONG = Duration.ofMinutes(10);
}
