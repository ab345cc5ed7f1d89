package io.dokploy.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL server in a container, with a new database for each test. */
public final class PostgresStores implements AutoCloseable {

    private static final int PORT = 5432;
    private static final String USER = "postgres";
    private static final String PASSWORD = "test-only";

    private final GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("postgres:17"))
            .withEnv("POSTGRES_PASSWORD", PASSWORD)
            .withExposedPorts(PORT)
            .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\n", 2)
                    .withStartupTimeout(Duration.ofMinutes(2)));
    private final AtomicInteger databases = new AtomicInteger();

    /** Starts the server. */
    public PostgresStores() {
        container.start();
    }

    /** Makes an empty database; its JDBC URL holds all that is needed to connect. */
    public String newDatabase() {
        String name = "store" + databases.incrementAndGet();
        try (var connection = DriverManager.getConnection(url("postgres"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    /** A pool as a host would have it. */
    public static HikariDataSource pool(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(2);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        container.stop();
    }

    private String url(String database) {
        return "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/" + database
                + "?user=" + USER + "&password=" + PASSWORD;
    }
}
