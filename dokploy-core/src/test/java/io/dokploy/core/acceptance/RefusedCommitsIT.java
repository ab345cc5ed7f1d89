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
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.GitSource;
import io.dokploy.builder.dockerfile.DockerfileSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot go live is refused with its reason; the old release serves throughout, and nothing is left behind. */
class RefusedCommitsIT {

    @TempDir
    static Path directory;

    private static LiveShop shop;
    private Load load;

    @BeforeAll
    static void open() {
        shop = new LiveShop(directory);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void load() {
        change(spec -> spec);
        load = shop.load();
    }

    @AfterEach
    void stopLoad() throws InterruptedException {
        load.close();
    }

    @Test
    void oneThatDoesNotBuild() throws Exception {
        shop.repository.commitDockerfile("FROM busybox:1.37\nRUN echo 'the compiler complains' && exit 3\n");
        refused(BuildFailedException.class, "the compiler complains");
    }

    @Test
    void oneThatExitsAtOnce() throws Exception {
        shop.repository.commit("2", "EXIT_AFTER=0s", "EXIT_CODE=7", "CRASH_MESSAGE=cannot-read-configuration");
        refused(ContainerExitedException.class, "exit code 7", "cannot-read-configuration");
    }

    @Test
    void oneThatNeverGetsHealthy() throws Exception {
        shop.repository.commit("2", "HEALTH=fail");
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
        change(spec -> spec.source(GitSource.of(shop.git.url()).branch("release/9")));
        refused(SourceNotFoundException.class, "release/9");
    }

    @Test
    void oneWhoseMigrationFails() throws Exception {
        shop.repository.commit("2", "MIGRATE_EXIT=4", "MIGRATE_MESSAGE=column-exists-already");
        change(spec -> spec.preSwitch(PreSwitchCommand.of("/testapp", "migrate")));
        refused(PreSwitchCommandException.class, "exit code 4", "column-exists-already");
    }

    @Test
    void oneThatAsksForATakenDomain() throws Exception {
        var other = Site.app("other", shop.repository).build().toBuilder();
        assertThatThrownBy(() -> shop.site
                        .applications()
                        .create(other.domain(Domain.of("shop.localhost")).build()))
                .isInstanceOf(DomainTakenException.class)
                .hasMessageContaining("shop.localhost");
        shop.assertUntouched(load);
    }

    private static void change(UnaryOperator<ApplicationSpec.Builder> change) {
        shop.change(spec -> change.apply(spec.healthyWithin(Duration.ofSeconds(4))));
    }

    private void refused(Class<? extends DokployException> type, String... reasons) throws Exception {
        assertThatThrownBy(() -> shop.deploy().await(Site.PATIENCE))
                .isInstanceOf(type)
                .message()
                .contains(reasons);
        shop.assertUntouched(load);
        assertThat(shop.site.applications().releases("shop")).hasSize(1);
    }
}
