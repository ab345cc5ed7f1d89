package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.error.CertificateException;
import io.dokploy.api.error.DomainTakenException;
import io.dokploy.api.error.RouterNotUpdatedException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Domain.WwwRedirect;
import io.dokploy.api.route.Tls;
import io.dokploy.api.source.GitSource;
import io.dokploy.api.value.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole deployments while somebody else's hands are in Traefik's folder, and domains that clash. */
class RouterFaultTest {

    @TempDir
    static Path directory;

    private static TestRepository repository;
    private static Site site;

    @BeforeAll
    static void open() {
        repository = new TestRepository(directory.resolve("shop"));
        repository.commit("1");
        site = new Site(directory.resolve("site"));
        site.applications().create(Site.app("shop", repository).build());
        site.applications().deploy("shop").await(Site.PATIENCE);
    }

    @AfterAll
    static void close() {
        site.close();
        repository.close();
    }

    @Test
    void aBrokenFileOfSomebodyElsesFailsTheDeploymentWithItsNameAndTheOldReleaseServes() throws Exception {
        ReleaseId live = site.applications().status("shop").live().orElseThrow();
        repository.commit("2-" + System.nanoTime());
        Path broken = Files.writeString(dynamic().resolve("theirs.yml"), "http: [\n");
        try (var load = site.load("shop.localhost").with(4, 0)) {
            assertThatThrownBy(() -> site.applications().deploy("shop").await(Site.PATIENCE))
                    .isInstanceOf(RouterNotUpdatedException.class)
                    .hasMessageContaining("theirs.yml");
            load.close();
            assertThat(load.failures()).isEmpty();
            assertThat(load.versions()).hasSize(1);
        } finally {
            Files.delete(broken);
        }
        assertThat(site.applications().status("shop").live()).contains(live);
        assertThat(site.applications().status("shop").processes())
                .singleElement()
                .satisfies(process -> assertThat(process.release()).isEqualTo(live));
        assertThat(site.leftovers()).isEmpty();
        assertThat(site.applications().deploy("shop").await(Site.PATIENCE).id())
                .as("once the file is gone")
                .isNotEqualTo(live);
    }

    @Test
    void routesThatSomebodyChangedAreRepaired() throws Exception {
        Path file = routes();
        String handedOver = Files.readString(file);
        Files.writeString(file, handedOver.replaceAll("Host\\(`shop.localhost`\\)", "Host(`gone.localhost`)"));
        var repairs = site.client().maintenance().reconcile().await(Site.PATIENCE);
        assertThat(repairs.done()).anyMatch(line -> line.contains("shop: published its routes again"));
        assertThat(Files.readString(routes()))
                .contains("Host(`shop.localhost`)")
                .doesNotContain("gone.localhost");
        assertThat(site.client().maintenance().reconcile().await(Site.PATIENCE).done())
                .isEmpty();
    }

    @Test
    void aHostAndPathBelongsToOneApplication() {
        var applications = site.applications();
        Domain shop = Domain.of("shop.localhost");
        taken("taken-path", shop);
        assertThatCode(() -> applications.create(at("other-path", shop.path("/api"))))
                .doesNotThrowAnyException();
        taken("taken-api", shop.path("/api"));
        assertThatCode(() -> applications.create(
                        at("with-www", Domain.of("both.localhost").www(WwwRedirect.TO_BARE))))
                .doesNotThrowAnyException();
        taken("taken-www", Domain.of("www.both.localhost"));
        taken("taken-case", Domain.of("SHOP.localhost"));
    }

    @Test
    void aCertificateThatDoesNotFitFailsBeforeAnythingIsBuilt() {
        site.applications()
                .create(at(
                        "badly-certified",
                        Domain.of("certified.localhost")
                                .https(Tls.certificate("no certificate", Secret.of("no key")))));
        assertThatThrownBy(() -> site.applications().deploy("badly-certified").await(Site.PATIENCE))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("certified.localhost");
        assertThat(site.applications().status("badly-certified").processes()).isEmpty();
    }

    private static void taken(String name, Domain domain) {
        assertThatThrownBy(() -> site.applications().create(at(name, domain)))
                .isInstanceOf(DomainTakenException.class)
                .hasMessageContaining(domain.host());
    }

    private static ApplicationSpec at(String name, Domain domain) {
        return ApplicationSpec.named(name)
                .source(GitSource.of(repository.url()).branch("main"))
                .domain(domain)
                .build();
    }

    private static Path dynamic() {
        return directory.resolve("site/data/traefik/dynamic");
    }

    private static Path routes() throws IOException {
        try (Stream<Path> files = Files.list(dynamic())) {
            return files.filter(file -> file.toString().endsWith("_shop.yml"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
