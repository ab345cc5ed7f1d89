package io.dokploy.core.docker;

import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.ContainerEngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The engine of this machine, with buildx, keeps the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerEngineContractIT extends ContainerEngineContract {

    private DockerEngine engine;

    @BeforeAll
    void connect(@TempDir Path workspaces) {
        engine = DockerEngine.connect(DockerEndpoint.local(), DockerTools.installed(workspaces));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Override
    protected ContainerEngine engine() {
        return engine;
    }

    @Override
    protected String image() {
        return "busybox:1.37";
    }
}
