package io.dokploy.testkit;

import io.dokploy.spi.Deployer;

class PlainDeployerTest extends DeployerContract {

    @Override
    protected Deployer deployer() {
        return new PlainDeployer();
    }
}
