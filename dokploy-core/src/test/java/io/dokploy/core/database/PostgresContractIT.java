package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DatabaseProvisionerContract;

/** The promises of a database plugin, kept by PostgreSQL. */
class PostgresContractIT extends DatabaseProvisionerContract {

    @Override
    protected DatabaseProvisioner provisioner() {
        return new PostgresProvisioner();
    }

    @Override
    protected ContainerEngine connect() {
        return LocalEngine.connect();
    }

    @Override
    protected DatabaseSpec spec() {
        return DatabaseSpec.named("contract-db", PostgresSettings.defaults()).build();
    }

    @Override
    protected DatabaseSpec wrongSpec() {
        return spec().toBuilder().user("pg_me").build();
    }

    @Override
    protected String wrongVersion() {
        return "9.6";
    }

    @Override
    protected String hostileData() {
        return HostileData.POSTGRES.statements();
    }

    @Override
    protected String everything() {
        return HostileData.POSTGRES.everything();
    }

    @Override
    protected String wrongStatement() {
        return "SELECT * FROM nowhere;";
    }
}
