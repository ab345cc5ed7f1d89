package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.database.redis.RedisProvisioner;
import io.dokploy.database.redis.RedisSettings;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DatabaseProvisionerContract;

/** The promises of a database plugin, kept by Redis. */
class RedisContractIT extends DatabaseProvisionerContract {

    @Override
    protected DatabaseProvisioner provisioner() {
        return new RedisProvisioner();
    }

    @Override
    protected ContainerEngine connect() {
        return LocalEngine.connect();
    }

    @Override
    protected DatabaseSpec spec() {
        return DatabaseSpec.named("contract-db", RedisSettings.defaults()).build();
    }

    @Override
    protected DatabaseSpec wrongSpec() {
        return spec().toBuilder().parameter("requirepass", "mine").build();
    }

    @Override
    protected String wrongVersion() {
        return "6.2";
    }

    @Override
    protected String hostileData() {
        return RedisData.HOSTILE;
    }

    @Override
    protected String everything() {
        return RedisData.EVERYTHING;
    }

    @Override
    protected boolean clientStops() {
        return false;
    }

    @Override
    protected String wrongStatement() {
        return "NONSENSE";
    }
}
