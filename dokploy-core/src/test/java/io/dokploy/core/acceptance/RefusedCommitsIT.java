package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.PreSwitchCommand;
import io.dokploy.api.error.BuildFailedException;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.DockerfileNotFoundException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.DomainTakenException;
import io.dokploy.api.error.PreSwitchCommandException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnhealthyException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.GitSource;
import io.dokploy.builder.dockerfile.DockerfileSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot go live is refused with its reason; the old release serves throughout, and nothing is left behind. */
class RefusedCommitsIT {

    @TempDir
    Path directory;

    private TestRepository repository;
    private Site site;
    private ReleaseId live;
    private Load load;

    @BeforeEach
    void deployFirst() {
        repository = new TestRepository(directory.resolve("shop"));
        site = new Site(directory.resolve("site"));
        repository.commit("1");
        site.applications()
                .create(Site.app("shop", repository)
                        .healthyWithin(Duration.ofSeconds(4))
                        .build());
        live = site.applications().deploy("shop").await(Site.PATIENCE).id();
        load = site.load("shop.localhost").with(4, 0);
    }

    @AfterEach
    void close() throws InterruptedException {
        load.close();
        site.close();
        repository.close();
    }

    @Test
    void oneThatDoesNotBuild() throws Exception {
        repository.commitDockerfile("FROM busybox:1.37\nRUN echo 'the compiler complains' && exit 3\n");
        refused(BuildFailedException.class, "the compiler complains");
    }

    @Test
    void oneThatExitsAtOnce() throws Exception {
        repository.commit("2", "EXIT_AFTER=0s", "EXIT_CODE=7", "CRASH_MESSAGE=cannot-read-configuration");
        refused(ContainerExitedException.class, "exit code 7", "cannot-read-configuration");
    }

    @Test
    void oneThatNeverGetsHealthy() throws Exception {
        repository.commit("2", "HEALTH=fail");
        refused(UnhealthyException.class, "status 500", "GET /healthz");
    }

    @Test
    void oneWithAnUnknownDockerfile() throws Exception {
        change(spec -> spec.build(
                DockerfileSettings.builder().file("Dockerfile.production").build()));
        refused(DockerfileNotFoundException.class, "Dockerfile.production");
    }

    @Test
    void oneThatNamesAMissingBranch() throws Exception {
        change(spec -> spec.source(GitSource.of(repository.url()).branch("release/9")));
        refused(SourceNotFoundException.class, "release/9");
    }

    @Test
    void oneWhoseMigrationFails() throws Exception {
        repository.commit("2", "MIGRATE_EXIT=4", "MIGRATE_MESSAGE=column-exists-already");
        change(spec -> spec.preSwitch(PreSwitchCommand.of("/testapp", "migrate")));
        refused(PreSwitchCommandException.class, "exit code 4", "column-exists-already");
    }

    @Test
    void oneThatAsksForATakenDomain() throws Exception {
        var other = Site.app("other", repository).build().toBuilder();
        assertThatThrownBy(() -> site.applications()
                        .create(other.domain(Domain.of("shop.localhost")).build()))
                .isInstanceOf(DomainTakenException.class)
                .hasMessageContaining("shop.localhost");
        unharmed();
    }

    private void change(UnaryOperator<ApplicationSpec.Builder> change) {
        var application = site.applications().get("shop");
        site.applications()
                .update(
                        "shop",
                        application.version(),
                        change.apply(application.spec().toBuilder()).build());
    }

    private void refused(Class<? extends DokployException> type, String... reasons) throws Exception {
        assertThatThrownBy(() -> site.applications().deploy("shop").await(Site.PATIENCE))
                .isInstanceOf(type)
                .message()
                .contains(reasons);
        unharmed();
    }

    private void unharmed() throws Exception {
        load.close();
        assertThat(load.failures()).isEmpty();
        assertThat(load.versions()).containsOnlyKeys("1");
        assertThat(site.applications().status("shop").live()).contains(live);
        assertThat(site.applications().status("shop").processes())
                .allMatch(process -> process.release().equals(live))
                .hasSize(1);
        assertThat(site.applications().releases("shop")).hasSize(1);
        assertThat(site.leftovers()).isEmpty();
    }
}
