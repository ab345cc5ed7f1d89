package io.dokploy.core.store;

import io.dokploy.api.error.StoreUnavailableException;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables to this version, with a history of its own beside a host's. */
final class Schema {

    private Schema() {}

    static void prepare(DataSource dataSource, Migration migration) {
        var flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:io/dokploy/core/store/migration")
                .table("dokploy_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        try {
            if (migration == Migration.MIGRATE) {
                flyway.migrate();
            } else {
                requireCurrent(flyway);
            }
        } catch (FlywayException e) {
            throw new StoreUnavailableException(
                    "store",
                    "its tables cannot be brought to this version: " + e.getMessage(),
                    "Check the database.",
                    e);
        }
    }

    private static void requireCurrent(Flyway flyway) {
        String pending = Arrays.stream(flyway.info().pending())
                .map(step -> step.getVersion() + " " + step.getDescription())
                .collect(Collectors.joining(", "));
        if (!pending.isEmpty()) {
            throw new StoreUnavailableException(
                    "store",
                    "its tables are of a former version; pending migrations: " + pending,
                    "Start one instance that migrates, then this one.");
        }
    }
}
