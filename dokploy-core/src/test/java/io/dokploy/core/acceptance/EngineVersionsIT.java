package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.core.docker.DockerTools;
import io.dokploy.core.docker.SecondEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main path on the oldest and on the newest engine that can be had; see docs/status.md. */
@Tag("long")
class EngineVersionsIT {

    @ParameterizedTest(name = "Docker {1}")
    @CsvSource({"--old, 20.10.", "--newest, 28."})
    void aCommitIsBuiltServedReplacedAndRolledBack(String which, String version, @TempDir Path directory)
            throws Exception {
        var tools = DockerTools.installed(directory.resolve("workspaces"));
        try (var second = SecondEngine.start("site" + which.substring(1), which)
                        .with("traefik:v3.7", "busybox:1.37", "dokploy/testapp:1");
                var repository = new TestRepository(directory.resolve("repository"));
                var site = new Site(directory, builder -> builder.engine(second.connect(tools)))) {
            try (var engine = second.connect(tools)) {
                assertThat(engine.info().version()).startsWith(version);
            }
            repository.commit("1");
            site.applications().create(Site.app("shop", repository).build());
            site.applications().deploy("shop").await(Site.PATIENCE);
            try (var load = site.load("shop.localhost").with(4)) {
                await().until(() -> load.versions().containsKey("1"));
                repository.commit("2");
                site.applications().deploy("shop").await(Site.PATIENCE);
                await().until(() -> load.versions().containsKey("2"));
                site.applications().rollback("shop").await(Site.PATIENCE);
                assertThat(load.failures()).isEmpty();
            }
        }
    }
}
