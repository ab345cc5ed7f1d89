package io.dokploy.core.docker;

import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.ContainerEngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The newest Docker that Debian has keeps the contract, with buildx. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewestEngineContractIT extends ContainerEngineContract {

    private SecondEngine second;
    private DockerEngine engine;

    @BeforeAll
    void start(@TempDir Path workspaces) {
        second = SecondEngine.start("newest", "--newest").with(image());
        engine = second.connect(DockerTools.installed(workspaces));
    }

    @AfterAll
    void stop() {
        engine.close();
        second.close();
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
