package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.application.Rollout;
import io.dokploy.api.error.ContainerExitedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of the requests first, then all, or none if the new release does not hold. */
class CanaryIT {

    private static final int ASKED = 100;

    @TempDir
    Path directory;

    private TestRepository repository;
    private Site site;

    @BeforeEach
    void open() {
        repository = new TestRepository(directory.resolve("shop"));
        site = new Site(directory.resolve("site"));
        repository.commit("1");
    }

    @AfterEach
    void close() {
        site.close();
        repository.close();
    }

    @Test
    void aTenthOfTheRequestsGoesToTheNewReleaseAndThenAll() throws Exception {
        site.deploy(Site.app("shop", repository)
                .rollout(Rollout.canary(10, Duration.ofSeconds(12)))
                .build());
        repository.commit("2");
        try (var load = site.load("shop.localhost").with(4)) {
            var deployment = site.applications().deploy("shop");
            awaitCanary();
            long canaries = answersOf("2");
            System.out.println("a canary of 10 % got " + canaries + " of " + ASKED + " requests");
            assertThat(canaries).isBetween(3L, 20L);
            deployment.await(Site.PATIENCE);
            assertThat(answersOf("2")).isEqualTo(ASKED);
            load.close();
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void allRequestsGoBackWhenTheCanaryCrashes() {
        var first = site.deploy(Site.app("shop", repository)
                .rollout(Rollout.canary(50, Duration.ofMinutes(2)))
                .build());
        repository.commit("2", "EXIT_AFTER=8s", "EXIT_CODE=3", "CRASH_MESSAGE=out-of-luck");
        var deployment = site.applications().deploy("shop");
        awaitCanary();
        assertThatThrownBy(() -> deployment.await(Site.PATIENCE))
                .isInstanceOf(ContainerExitedException.class)
                .hasMessageContaining("out-of-luck");
        assertThat(answersOf("1")).isEqualTo(ASKED);
        assertThat(site.applications().status("shop").live()).contains(first.id());
        assertThat(site.applications().status("shop").processes())
                .hasSize(1)
                .allMatch(process -> process.release().equals(first.id()));
    }

    private void awaitCanary() {
        await("the canary answers")
                .atMost(Site.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> site.get("shop.localhost", "/").version().equals("2"));
    }

    private long answersOf(String version) {
        return IntStream.range(0, ASKED)
                .filter(i -> site.get("shop.localhost", "/").version().equals(version))
                .count();
    }
}
