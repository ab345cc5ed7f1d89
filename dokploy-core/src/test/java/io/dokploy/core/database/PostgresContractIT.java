package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DatabaseAccountsContract;
import java.util.List;

/** The promises of a database plugin, kept by PostgreSQL. */
class PostgresContractIT extends DatabaseAccountsContract {

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
        return HostileData.POSTGRES.statements() + "ALTER SYSTEM SET log_statement = 'all'; SELECT pg_reload_conf();";
    }

    @Override
    protected String everything() {
        return HostileData.POSTGRES.everything();
    }

    @Override
    protected String wrongStatement() {
        return "SELECT * FROM nowhere;";
    }

    @Override
    protected List<String> hostileNames() {
        return List.of(
                "-it's \"one\"; DROP `x` $HOME \\n ü",
                "two\nlines\tof 'names' 😀",
                "postgresql://nobody@nowhere/x?a=b");
    }

    @Override
    protected String write() {
        return "CREATE TABLE kept (n int); INSERT INTO kept VALUES (4711);";
    }

    @Override
    protected String read() {
        return "SELECT n FROM kept;";
    }
}
