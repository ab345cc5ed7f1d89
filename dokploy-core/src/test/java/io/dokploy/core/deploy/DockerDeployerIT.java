package io.dokploy.core.deploy;

import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.spi.Deployer;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DeployerContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The promises of a deployer, kept on a real engine. */
class DockerDeployerIT extends DeployerContract {

    private static ContainerEngine engine;

    @BeforeAll
    static void connect(@TempDir Path workspaces) {
        engine = DockerEngine.connect(DockerEndpoint.local(), DockerTools.installed(workspaces));
    }

    @AfterAll
    static void disconnect() throws Exception {
        engine.close();
    }

    @Override
    protected Deployer deployer() {
        return new DockerDeployer(image());
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
