package io.dokploy.core.store;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.spi.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A copy of all rows of a store at one moment, in a form that does not depend on the database that it is in: a copy of an
 * H2 file can be restored into PostgreSQL. What is encrypted in the store is encrypted in its copy.
 */
public final class StoreCopy {

    /** H2 calls this level SNAPSHOT; JDBC has no name for it. */
    private static final int H2_SNAPSHOT = 6;

    private StoreCopy() {}

    /**
     * Writes all rows, while others go on writing.
     *
     * @return how many rows each table has
     */
    public static Map<String, Long> write(StoreAccess store, OutputStream stream) throws IOException {
        boolean postgres = store.isPostgres();
        try (Connection connection = store.dataSource().getConnection()) {
            int level = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(postgres ? Connection.TRANSACTION_REPEATABLE_READ : H2_SNAPSHOT);
            lazily(connection, !postgres);
            try {
                return new RowWriter(connection, stream).write();
            } finally {
                connection.rollback();
                lazily(connection, false);
                connection.setTransactionIsolation(level);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed("its rows cannot be read", e);
        }
    }

    /** H2 collects a whole result before it gives the first row, unless it is told not to. */
    private static void lazily(Connection connection, boolean lazy) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
            try (var statement = connection.createStatement()) {
                statement.execute("SET LAZY_QUERY_EXECUTION " + (lazy ? 1 : 0));
            }
        }
    }

    /** The version of the tables of a store: the newest migration. */
    public static String version(StoreAccess store) {
        return Schema.version(store.dataSource());
    }

    /** Name and version of the database that a store is in. */
    public static String server(StoreAccess store) {
        try (Connection connection = store.dataSource().getConnection()) {
            var about = connection.getMetaData();
            return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
        } catch (SQLException e) {
            throw failed("it does not say its version", e);
        }
    }

    /**
     * Makes tables of that version in a database without a store, and fills them, in one transaction. Operations that were
     * under way when the copy was made have failed: whatever they did meanwhile, they are not repeated.
     *
     * @return how many rows each table has
     * @throws StoreUnavailableException if there is a store already, or this program does not know the version
     */
    static Map<String, Long> read(DataSource dataSource, String version, InputStream stream, Json json)
            throws IOException {
        Schema.makeAt(dataSource, version);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var counts = new RowReader(connection, stream).read();
                endOperations(connection, json);
                connection.commit();
                return counts;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed("its rows cannot be written", e);
        }
    }

    private static void endOperations(Connection connection, Json json) throws SQLException {
        var failure = Failure.temporary(
                "store-restored",
                "operation",
                "it was under way when the backup was made that the store was restored from",
                "Ask for it again if it is still wanted.");
        try (var statement = connection.prepareStatement("UPDATE dokploy_operation SET state = 'FAILED', finished = ?,"
                + " owner = NULL, failure_json = ? WHERE state IN ('QUEUED', 'RUNNING')")) {
            statement.setTimestamp(1, Timestamp.from(Instant.now()));
            statement.setString(2, json.write(failure));
            statement.executeUpdate();
        }
    }

    private static StoreUnavailableException failed(String reason, SQLException e) {
        return new StoreUnavailableException(
                "store", reason + ": SQL state " + e.getSQLState(), "Check the database and try again.", e);
    }
}
