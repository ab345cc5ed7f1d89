package io.dokploy.core.deploy;

import io.dokploy.spi.Deployer;
import io.dokploy.testkit.DeployerContract;

/** The promises of a deployer, kept on the engine in memory. */
class DockerDeployerTest extends DeployerContract {

    @Override
    protected Deployer deployer() {
        return new DockerDeployer(image());
    }
}
