package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.database.mysql.MySqlProvisioner;
import io.dokploy.database.mysql.MySqlSettings;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DatabaseProvisionerContract;

/** The promises of a database plugin, kept by MySQL. */
class MySqlContractIT extends DatabaseProvisionerContract {

    @Override
    protected DatabaseProvisioner provisioner() {
        return new MySqlProvisioner();
    }

    @Override
    protected ContainerEngine connect() {
        return LocalEngine.connect();
    }

    @Override
    protected DatabaseSpec spec() {
        return DatabaseSpec.named("contract-db", MySqlSettings.defaults()).build();
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
        return HostileData.MYSQL.statements();
    }

    @Override
    protected String everything() {
        return HostileData.MYSQL.everything();
    }

    @Override
    protected String wrongStatement() {
        return "SELECT * FROM nowhere;";
    }
}
