package io.dokploy.core.database;

import io.dokploy.api.value.PluginSettings;
import io.dokploy.database.mysql.MySqlProvisioner;
import io.dokploy.database.mysql.MySqlSettings;
import io.dokploy.spi.database.DatabaseProvisioner;

/** The promises of a database plugin, kept by MySQL. */
class MySqlContractIT extends MySqlFamilyContract {

    @Override
    protected DatabaseProvisioner provisioner() {
        return new MySqlProvisioner();
    }

    @Override
    protected PluginSettings settings() {
        return MySqlSettings.defaults();
    }

    @Override
    protected HostileData data() {
        return HostileData.MYSQL;
    }
}
