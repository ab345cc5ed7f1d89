package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.release.Release;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.core.docker.RegistryServer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Deployments from and to a registry that wants a login. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateRegistryIT {

    private RegistryServer registry;
    private Site site;
    private TestRepository repository;

    @BeforeAll
    void open(@TempDir Path directory) {
        registry = new RegistryServer();
        site = new Site(directory.resolve("site"));
        repository = new TestRepository(directory.resolve("repository"));
    }

    @AfterAll
    void close() {
        var host = registry.host();
        repository.close();
        site.close();
        registry.close();
        assertThat(Site.docker("image", "ls", "--all", "--digests").lines())
                .as("neither a tag nor a digest is left")
                .noneMatch(line -> line.contains(host));
    }

    @BeforeEach
    void giveLogin() {
        site.client().registries().put(registry.login());
    }

    @Test
    void aPushedImageIsKnownByItsDigestAndComesBackFromTheRegistry() throws Exception {
        repository.commit("1");
        site.applications()
                .create(Site.app("pushed", repository).pushTo(team("pushed")).build());
        Release first = deploy("pushed");
        assertThat(first.image().digest().orElseThrow()).startsWith(team("pushed") + "@sha256:");
        assertThat(first.image().id()).startsWith("sha256:");
        assertThat(site.client().registries().hosts()).containsExactly(registry.host());

        repository.commit("2");
        Release second = deploy("pushed");
        assertThat(second.image().digest()).isNotEqualTo(first.image().digest());
        forget(first);

        Release back = site.applications().rollback("pushed").await(Site.PATIENCE);
        assertThat(back.image().id()).isEqualTo(first.image().id());
        assertThat(served("pushed.localhost")).containsExactly("1");
    }

    @Test
    void aPrivateImageIsServedAndPinnedToWhatWasPulled() throws Exception {
        repository.commit("private-1");
        site.applications()
                .create(Site.app("source", repository).pushTo(team("source")).build());
        Release built = deploy("source");
        var reference = team("source")
                + built.image().tag().substring(built.image().tag().lastIndexOf(':'));

        site.applications().create(image("private", reference));
        Release release = deploy("private");
        assertThat(release.image().digest()).isEqualTo(built.image().digest());
        assertThat(served("private.localhost")).containsExactly("private-1");
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() {
        site.client().registries().put(new RegistryCredentials(registry.host(), "deployer", Secret.of("wrong-4711")));
        site.applications().create(image("refused", team("none") + ":1"));
        var pull = site.applications().deploy("refused");
        assertThatThrownBy(() -> pull.await(Site.PATIENCE))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining(registry.host())
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("wrong-4711"));

        repository.commit("3");
        site.applications()
                .create(Site.app("unpushed", repository)
                        .pushTo(team("unpushed"))
                        .build());
        var push = site.applications().deploy("unpushed");
        assertThatThrownBy(() -> push.await(Site.PATIENCE)).isInstanceOf(AccessDeniedException.class);
        assertThat(site.leftovers()).isEmpty();
    }

    private Release deploy(String name) {
        return site.applications().deploy(name).await(Site.PATIENCE);
    }

    private Set<String> served(String host) throws InterruptedException {
        try (var load = site.load(host).with(1)) {
            await().until(() -> load.requests() > 0);
            assertThat(load.failures()).isEmpty();
            return load.versions().keySet();
        }
    }

    private String team(String name) {
        return registry.host() + "/team/" + name;
    }

    private static ApplicationSpec image(String name, String reference) {
        return ApplicationSpec.named(name)
                .source(ImageSource.of(reference))
                .domain(Domain.of(name + ".localhost").port(3000))
                .health(HttpHealthCheck.get("/healthz"))
                .build();
    }

    /** As if somebody had cleaned the engine: neither the image nor a name of it is left. */
    private static void forget(Release release) {
        for (var container : Site.docker(
                        "ps",
                        "--all",
                        "--quiet",
                        "--filter",
                        "ancestor=" + release.image().id())
                .lines()
                .toList()) {
            Site.docker("rm", "--force", container);
        }
        Site.docker("image", "rm", "--force", release.image().id());
    }
}
