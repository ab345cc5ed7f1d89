package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DatabaseProvisionerContract;

/** The promises of a database plugin, kept by MariaDB. */
class MariaDbContractIT extends DatabaseProvisionerContract {

    @Override
    protected DatabaseProvisioner provisioner() {
        return new MariaDbProvisioner();
    }

    @Override
    protected ContainerEngine connect() {
        return LocalEngine.connect();
    }

    @Override
    protected DatabaseSpec spec() {
        return DatabaseSpec.named("contract-db", MariaDbSettings.defaults()).build();
    }

    @Override
    protected DatabaseSpec wrongSpec() {
        return spec().toBuilder().user("root").database("mysql").build();
    }

    @Override
    protected String wrongVersion() {
        return "5.7";
    }

    @Override
    protected String hostileData() {
        return HostileData.MARIADB.statements();
    }

    @Override
    protected String everything() {
        return HostileData.MARIADB.everything();
    }

    @Override
    protected String wrongStatement() {
        return "SELECT * FROM nowhere;";
    }
}
