package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several containers of one application behind the front door. */
class ReplicasIT {

    /** So many answers in a row, taken in turns, cannot come from one replica while the other one still is asked. */
    private static final int IN_A_ROW = 20;

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
    void noRequestFailsOnceTheHealthIntervalHasPassedAfterOneOfTwoWasKilledAndItComesBack() throws Exception {
        repository.commit("1", "START_DELAY=6s");
        site.deploy(Site.app("shop", repository).replicas(2).build());
        assertThat(hosts()).hasSize(2);

        assertThat(site.get("shop.localhost", "/exit?code=137").status()).isNotEqualTo(200);
        await("the router has noticed")
                .atMost(Duration.ofSeconds(30))
                .until(() -> IntStream.range(0, IN_A_ROW)
                        .allMatch(i -> site.get("shop.localhost", "/").status() == 200));
        assertThat(hosts()).as("one of them is down").hasSize(1);
        try (var load = site.load("shop.localhost").with(20)) {
            await("it comes back").atMost(Duration.ofSeconds(60)).until(() -> hosts().size() == 2);
            load.close();
            System.out.println("one of two replicas killed, from the health interval to its return: " + load.requests()
                    + " requests, failed: " + load.failures());
            assertThat(load.requests()).isPositive();
            assertThat(load.failures()).isEmpty();
        }
        assertThat(site.applications().status("shop").processes()).hasSize(2).allMatch(process -> process.running());
    }

    @Test
    void noRequestFailsInARedeployOfTwoAndWhileTheirNumberChanges() throws Exception {
        repository.commit("1");
        site.deploy(Site.app("shop", repository).replicas(2).build());
        try (var load = site.load("shop.localhost").with(50)) {
            repository.commit("2");
            site.applications().deploy("shop").await(Site.PATIENCE);
            site.applications().scale("shop", 3).await(Site.PATIENCE);
            assertThat(site.applications().status("shop").processes()).hasSize(3);
            assertThat(hosts()).hasSize(3);
            site.applications().scale("shop", 1).await(Site.PATIENCE);
            assertThat(site.applications().status("shop").processes()).hasSize(1);
            load.close();
            System.out.println("2 replicas redeployed, then 3, then 1, under 50 connections: " + load.requests()
                    + " requests, failed: " + load.failures());
            assertThat(load.failures()).isEmpty();
            assertThat(load.versions()).containsKeys("1", "2");
        }
        assertThat(site.applications().get("shop").spec().replicas()).isEqualTo(1);
    }

    private Set<String> hosts() {
        return IntStream.range(0, IN_A_ROW)
                .mapToObj(i -> site.get("shop.localhost", "/hostname"))
                .filter(answer -> answer.status() == 200)
                .map(Answer::body)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
