package io.dokploy.core.docker;

import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.ContainerEngineContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Docker 20.10 with its classic builder keeps the contract, but for what only BuildKit can do. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldestEngineContractIT extends ContainerEngineContract {

    private SecondEngine second;
    private DockerEngine engine;

    @BeforeAll
    void start(@TempDir Path workspaces) {
        second = SecondEngine.start("oldest", "--old").with(image());
        engine = second.connect(DockerTools.installed(workspaces).withoutBuildx());
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

    @Override
    protected Set<Behaviour> unsupported() {
        return EnumSet.of(Behaviour.BUILD_SECRETS);
    }
}
