package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.database.mongo.MongoProvisioner;
import io.dokploy.database.mongo.MongoSettings;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DatabaseProvisionerContract;

/** The promises of a database plugin, kept by MongoDB; where no image can be pulled, with the rig's stand-in. */
class MongoContractIT extends DatabaseProvisionerContract {

    @Override
    protected DatabaseProvisioner provisioner() {
        return new MongoProvisioner();
    }

    @Override
    protected ContainerEngine connect() {
        return LocalEngine.connect();
    }

    @Override
    protected DatabaseSpec spec() {
        return DatabaseSpec.named("contract-db", MongoSettings.defaults()).build();
    }

    @Override
    protected DatabaseSpec wrongSpec() {
        return spec().toBuilder().parameter("dbpath", "/tmp").database("admin").build();
    }

    @Override
    protected String wrongVersion() {
        return "4.4";
    }

    @Override
    protected String hostileData() {
        return MongoData.HOSTILE;
    }

    @Override
    protected String everything() {
        return MongoData.EVERYTHING;
    }

    @Override
    protected String wrongStatement() {
        return "db.nowhere.aggregate([{$nonsense: 1}]).toArray();";
    }
}
