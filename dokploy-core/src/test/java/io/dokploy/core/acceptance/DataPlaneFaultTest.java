package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.application.ApplicationSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deployed is served without us, also after its engine was restarted. */
class DataPlaneFaultTest {

    private static final List<String> SITES = List.of("shop", "blog", "cart");

    private static SecondEngine engine;

    @TempDir
    Path directory;

    private Site site;

    @BeforeAll
    static void startEngine() {
        engine = SecondEngine.start("dataplane", "dokploy/testapp:1", "busybox:1.37", "traefik:v3.7");
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    /** Several releases of each: the names of those that live have moved, and addresses are in no order. */
    @BeforeEach
    void deploySites() {
        site = new Site(directory, builder -> builder.engine(engine.connect(directory.resolve("workspaces"))));
        for (String name : SITES) {
            site.deploy(spec(name, "1"));
        }
        for (String version : List.of("2", "3")) {
            for (String name : SITES) {
                var application = site.applications().get(name);
                site.applications().update(name, application.version(), spec(name, version));
                site.applications().deploy(name).await(Site.PATIENCE);
            }
        }
    }

    /** What was deployed goes with its engine. */
    @AfterEach
    void leave() {
        site.stop();
    }

    private static ApplicationSpec spec(String name, String version) {
        return Site.image(name)
                .replicas(name.equals("blog") ? 2 : 1)
                .env("VERSION", version)
                .build();
    }

    @Test
    void allSitesAreServedAgainAfterTheEngineWasRestartedAndThenKilled() {
        site.deploy(spec("stopped", "1"));
        site.applications().stop("stopped").await(Site.PATIENCE);
        site.stop();
        everySiteIsServed();
        engine.restart();
        everySiteIsServed();
        engine.killAndStart();
        everySiteIsServed();

        site.start();
        assertThat(site.client().maintenance().reconcile().await(Site.PATIENCE).done())
                .as("there was nothing to repair")
                .isEmpty();
        assertThat(site.get("stopped.localhost", "/").status()).isEqualTo(503);
        assertThat(site.applications().status("blog").processes()).hasSize(2).allMatch(process -> process.running());
    }

    private void everySiteIsServed() {
        for (String name : SITES) {
            await(name)
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(site.get(name + ".localhost", "/"))
                            .isEqualTo(new Answer(200, "3", "testapp 3")));
        }
        await("every container runs")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(engine.docker("ps", "--all", "--format", "{{.Names}} {{.State}}")
                                .lines())
                        .hasSize(6)
                        .allMatch(line -> line.endsWith(" running") != line.startsWith("stopped-")));
    }
}
