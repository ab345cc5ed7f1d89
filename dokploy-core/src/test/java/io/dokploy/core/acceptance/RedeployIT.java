package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.application.ApplicationSpec;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not one request fails while releases follow each other. */
class RedeployIT {

    @TempDir
    Path directory;

    private TestRepository repository;
    private Site site;

    @BeforeEach
    void open() {
        repository = new TestRepository(directory.resolve("shop"));
        site = new Site(directory.resolve("site"));
    }

    @AfterEach
    void close() {
        site.close();
        repository.close();
    }

    @Test
    void noRequestFailsInThreeRedeploysUnderFiftyConnections() throws Exception {
        redeploy(3);
    }

    @Test
    @Tag("long")
    void noRequestFailsInThirtyRedeploysUnderFiftyConnections() throws Exception {
        redeploy(30);
    }

    private void redeploy(int times) throws Exception {
        repository.commit("0");
        create(Site.app("shop", repository).build());
        try (var load = site.load("shop.localhost").with(50)) {
            for (int i = 1; i <= times; i++) {
                repository.commit(Integer.toString(i));
                site.applications().deploy("shop").await(Site.PATIENCE);
            }
            load.close();
            System.out.println(times + " redeploys under 50 connections: " + load.requests() + " requests, "
                    + load.failures().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum() + " failed");
            assertThat(load.failures()).isEmpty();
            assertThat(load.versions()).containsKeys("0", Integer.toString(times));
        }
    }

    @Test
    void anApplicationThatExitsAtOnceOnSigtermLosesNoRequestThatIsUnderWay() throws Exception {
        repository.commit("1", "TERM=immediate");
        create(Site.app("shop", repository).build());
        try (var load = site.load("shop.localhost").with(20, 3)) {
            repository.commit("2", "TERM=immediate");
            site.applications().deploy("shop").await(Site.PATIENCE);
            load.close();
            assertThat(load.failures()).isEmpty();
            assertThat(load.versions()).containsKeys("1", "2");
        }
    }

    @Test
    void anApplicationThatIgnoresSigtermIsKilledAfterItsGraceAndNothingFails() throws Exception {
        repository.commit("1", "TERM=ignore");
        create(Site.app("shop", repository).stopGrace(Duration.ofSeconds(1)).build());
        try (var load = site.load("shop.localhost").with(20)) {
            repository.commit("2", "TERM=ignore");
            site.applications().deploy("shop").await(Site.PATIENCE);
            load.close();
            assertThat(load.failures()).isEmpty();
        }
        assertThat(site.applications().status("shop").processes()).hasSize(1);
    }

    @Test
    void aWebsocketLivesUntilTheDrainsDeadlineAndTheFormerReleaseIsRetiredThen() throws Exception {
        repository.commit("1");
        create(Site.app("shop", repository).drain(Duration.ofSeconds(5)).build());
        var former = site.applications().get("shop").live().orElseThrow();
        try (var socket = new WebSocketClient(site.httpPort(), "shop.localhost")) {
            repository.commit("2");
            var deployment = site.applications().deploy("shop");
            await("the new release serves")
                    .atMost(Site.PATIENCE)
                    .until(() -> site.get("shop.localhost", "/").version().equals("2"));
            assertThat(socket.echo("still here")).isEqualTo("still here");
            assertThat(site.applications().status("shop").processes())
                    .as("the former release is kept for it")
                    .anyMatch(process -> process.release().equals(former));
            deployment.await(Site.PATIENCE);
            socket.awaitEnd();
        }
        assertThat(site.applications().status("shop").processes())
                .hasSize(1)
                .noneMatch(process -> process.release().equals(former));
    }

    private void create(ApplicationSpec spec) {
        site.applications().create(spec);
        site.applications().deploy(spec.name()).await(Site.PATIENCE);
    }
}
