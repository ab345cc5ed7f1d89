package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.EngineUnavailableException;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.pipeline.Pacing;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.engine.NetworkSpec;
import io.dokploy.testkit.TestContext;
import io.dokploy.testkit.engine.EngineOperation;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each step of a database's container can be repeated after a death in the middle. */
class DatabaseServerTest {

    private static final String PASSWORD_FILE = "/run/password";

    @Test
    void aCreationThatDiedBeforeTheFilesWereInTheContainerIsMadeWhole() throws IOException {
        try (var engine = InMemoryEngine.create();
                var context = TestContext.of(engine)) {
            engine.script().image("toy:1");
            engine.ensureNetwork(new NetworkSpec("shop", Map.of(), false));
            var server = new DatabaseServer(
                    new Placement("shop-db", "shop-data", Optional.empty(), Optional.empty(), Map.of()),
                    Blueprint.of("/data", 4711, EngineCommand.of("toy", "ready"))
                            .file(PASSWORD_FILE, EnvironmentValue.plain("hunter2"), 0600),
                    "database shop-db",
                    context,
                    Pacing.system());
            var spec = DatabaseSpec.named(
                            "shop-db",
                            () -> new SettingsDocument("toy", 1, Tree.branch().build()))
                    .build();

            engine.script().failNext(EngineOperation.COPY_IN, new EngineUnavailableException("engine", "gone", "wait"));
            assertThatThrownBy(() -> server.create(spec, "toy:1", "shop")).hasMessageContaining("gone");
            server.create(spec, "toy:1", "shop");

            try (var packed = engine.copyOut("shop-db", PASSWORD_FILE)) {
                assertThat(new String(packed.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .contains("hunter2");
            }
        }
    }
}
