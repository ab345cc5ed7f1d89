package io.dokploy.testkit.host;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A database in memory, which outlives a process that dies in the test. */
final class MemoryDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 40;

    private final JdbcConnectionPool pool;

    MemoryDatabase() {
        pool = JdbcConnectionPool.create(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "test", "");
        pool.setMaxConnections(CONNECTIONS);
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException("the test's database does not close", e);
        } finally {
            pool.dispose();
        }
    }
}
