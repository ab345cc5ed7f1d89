package io.dokploy.core.database;

import io.dokploy.api.value.PluginSettings;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.spi.database.DatabaseProvisioner;

/** The promises of a database plugin, kept by MariaDB. */
class MariaDbContractIT extends MySqlFamilyContract {

    @Override
    protected DatabaseProvisioner provisioner() {
        return new MariaDbProvisioner();
    }

    @Override
    protected PluginSettings settings() {
        return MariaDbSettings.defaults();
    }

    @Override
    protected HostileData data() {
        return HostileData.MARIADB;
    }
}
