package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.core.store.PostgresStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JVM falls asleep in the middle of a deployment (SIGSTOP); another one that shares the store takes the deployment over
 * and finishes it. The sleeper wakes up, sees that its time is over, and does no harm.
 */
@Tag("long")
class FencedFaultTest {

    @TempDir
    static Path directory;

    private static PostgresStores servers;
    private static String url;
    private static Stores store;
    private static TestRepository repository;
    private static Site site;
    private static int version;

    @BeforeAll
    static void deployFirst() {
        servers = new PostgresStores();
        // One that falls asleep within a transaction must not keep its locks.
        url = servers.newDatabase() + "&options=-c%20idle_in_transaction_session_timeout=3s";
        store = new Stores(url, directory.resolve("site"));
        repository = new TestRepository(directory.resolve("shop"));
        repository.commit(Integer.toString(version));
        site = new Site(directory.resolve("site"), store);
        site.applications().create(Site.app("shop", repository).build());
        site.applications().deploy("shop").await(Site.PATIENCE);
    }

    @AfterAll
    static void close() {
        site.close();
        store.close();
        servers.close();
        repository.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "check", "promote", "drain"})
    void aSleeperStopsAtItsFence(String step) throws Exception {
        repository.commit(Integer.toString(++version));
        try (var load = site.load("shop.localhost").with(4, 0)) {
            site.stop();
            try (var sleeper = ChildDokploy.deploying(site, url, "shop", step)) {
                sleeper.await("held");
                sleeper.signal("STOP");
                site.start();
                await().atMost(Site.PATIENCE).until(() -> newest().state().isFinal());
                assertThat(newest().state()).as(newest().toString()).isEqualTo(State.SUCCEEDED);

                sleeper.signal("CONT");
                sleeper.goOn();
                sleeper.await("goes on");
                sleeper.goOn();
                sleeper.await("ended");
            }
            load.close();
            assertThat(load.failures()).isEmpty();
            assertThat(load.versions()).containsKeys(Integer.toString(version));
        }
        assertThat(newest().state()).isEqualTo(State.SUCCEEDED);
        assertThat(site.client().operations().get(newest().id()).events())
                .extracting(Event::type)
                .contains(EventType.DEPLOYMENT_SUCCEEDED)
                .doesNotContain(EventType.DEPLOYMENT_FAILED, EventType.DRIFT_REPAIRED);
        assertThat(Leftovers.of(site)).isEmpty();
    }

    private static OperationRecord newest() {
        return site.client().operations().list(1).get(0);
    }
}
