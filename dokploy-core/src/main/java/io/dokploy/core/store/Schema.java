package io.dokploy.core.store;

import io.dokploy.api.error.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the tables to this version, with a history of its own beside a host's. */
final class Schema {

    /** "dokploy" as bytes; who else takes this lock of the database waits. */
    private static final long LOCK = 0x646f6b706c6f79L;

    private Schema() {}

    /**
     * Brings the tables of a database that others may open at the same time to this version. Flyway's own lock comes too
     * late for the first start of several, who would all make its history table.
     */
    static void prepareShared(DataSource dataSource, Migration migration) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
                lock.setLong(1, LOCK);
                lock.execute();
                prepare(dataSource, migration);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    "store",
                    "the database does not answer, or is not PostgreSQL: SQL state " + e.getSQLState(),
                    "Check the data source.",
                    e);
        }
    }

    /** Brings the tables of a database that nobody else has open to this version. */
    static void prepare(DataSource dataSource, Migration migration) {
        var flyway = flyway(dataSource).load();
        try {
            requireNotTooNew(flyway);
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

    private static FluentConfiguration flyway(DataSource dataSource) {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:io/dokploy/core/store/migration")
                .table("dokploy_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0");
    }

    /** The newest migration of a store. */
    static String version(DataSource dataSource) {
        return flyway(dataSource).load().info().current().getVersion().toString();
    }

    /**
     * Makes the tables of a former version, for rows of that version; {@link #prepare} brings them to this one later.
     *
     * @throws StoreUnavailableException if there is a store, or the version is not known
     */
    static void makeAt(DataSource dataSource, String version) {
        var flyway = flyway(dataSource).target(version).load();
        try {
            if (flyway.info().current() != null) {
                throw new StoreUnavailableException(
                        "store", "there is one already", "Choose a place without one; nothing was changed.");
            }
            boolean known = Arrays.stream(flyway.info().all())
                    .anyMatch(step -> step.getVersion() != null
                            && step.getVersion().toString().equals(version));
            if (!known) {
                throw new StoreUnavailableException(
                        "store",
                        "the version " + version + " of its tables is not known to this program",
                        "Use the program that wrote it, or a newer one.");
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StoreUnavailableException(
                    "store", "its tables cannot be made: " + e.getMessage(), "Check the database.", e);
        }
    }

    /** A migration leaves tables that the version before it can use too, for a rolling upgrade: one, not two. */
    private static void requireNotTooNew(Flyway flyway) {
        List<String> unknown = Arrays.stream(flyway.info().applied())
                .filter(step -> step.getState() == MigrationState.FUTURE_SUCCESS)
                .map(step -> String.valueOf(step.getVersion()))
                .toList();
        if (unknown.size() > 1) {
            throw new StoreUnavailableException(
                    "store",
                    "its tables are of a newer version than this program can use: it does not know the migrations "
                            + String.join(", ", unknown),
                    "Update this program; one migration that it does not know would be tolerated.");
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
