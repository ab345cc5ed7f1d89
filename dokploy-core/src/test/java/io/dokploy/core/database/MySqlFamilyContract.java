package io.dokploy.core.database;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.DatabaseAccountsContract;
import java.util.Optional;

/** What is the same in the tests of MySQL and of MariaDB. */
abstract class MySqlFamilyContract extends DatabaseAccountsContract {

    /** Of that engine. */
    protected abstract HostileData data();

    /** Of that engine. */
    protected abstract PluginSettings settings();

    @Override
    protected DatabaseSpec spec() {
        return DatabaseSpec.named("contract-db", settings())
                .parameter("general_log", "ON")
                .parameter("log_output", "TABLE")
                .build();
    }

    @Override
    protected ContainerEngine connect() {
        return LocalEngine.connect();
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
        return data().statements();
    }

    @Override
    protected Optional<String> loggedStatements() {
        return Optional.of("SELECT argument FROM mysql.general_log;");
    }

    @Override
    protected String everything() {
        return data().everything();
    }

    @Override
    protected String wrongStatement() {
        return "SELECT * FROM nowhere;";
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
