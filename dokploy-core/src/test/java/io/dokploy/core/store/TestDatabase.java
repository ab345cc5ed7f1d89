package io.dokploy.core.store;

import com.zaxxer.hikari.HikariDataSource;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database for one test, which opens its store as often as it likes. Closes what the test left open. */
public abstract class TestDatabase implements AutoCloseable {

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** The file of an embedded store in that directory. */
    public static TestDatabase embedded(Path directory) {
        return new TestDatabase() {
            @Override
            Store settings(Optional<KeyProvider> others) {
                return others.map(keys -> Store.embedded(directory, keys)).orElseGet(() -> Store.embedded(directory));
            }

            @Override
            public StoreAccess openBeside(StoreAccess first, Clock clock) {
                return first;
            }

            @Override
            public String bytes() throws IOException {
                var all = new StringBuilder();
                try (var files = Files.list(directory)) {
                    for (Path file : files.sorted().toList()) {
                        all.append(file.getFileName()).append('\n');
                        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
                    }
                }
                return all.toString();
            }
        };
    }

    /** A new database of that server. */
    public static TestDatabase postgres(PostgresStores server) {
        var keys = KeyProvider.of(MasterKey.random(new SecureRandom()));
        String url = server.newDatabase();
        return new TestDatabase() {
            @Override
            Store settings(Optional<KeyProvider> others) {
                HikariDataSource pool = PostgresStores.pool(url);
                closeLater(pool);
                return Store.jdbc(pool, others.orElse(keys));
            }

            @Override
            public StoreAccess openBeside(StoreAccess first, Clock clock) {
                return open(clock);
            }

            @Override
            public String bytes() throws SQLException {
                var all = new StringBuilder();
                try (var connection = DriverManager.getConnection(url);
                        var statement = connection.createStatement()) {
                    for (String table : tables(statement)) {
                        try (var rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
                            while (rows.next()) {
                                all.append(table).append(rows.getString(1)).append('\n');
                            }
                        }
                    }
                }
                return all.toString();
            }

            private List<String> tables(Statement statement) throws SQLException {
                var tables = new ArrayList<String>();
                try (var rows = statement.executeQuery(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")) {
                    while (rows.next()) {
                        tables.add(rows.getString(1));
                    }
                }
                return tables;
            }
        };
    }

    /** How it is opened, each time with connections of its own, with other keys than its own if there are. */
    abstract Store settings(Optional<KeyProvider> others);

    /** Opens it as another process would while {@code first} is open; an embedded one is for one process: the same. */
    public abstract StoreAccess openBeside(StoreAccess first, Clock clock);

    /** All that is kept, as a thief of the files or of a dump would see it. */
    public abstract String bytes() throws Exception;

    /** Opens it. */
    public final StoreAccess open(Clock clock) {
        return open(clock, Optional.empty());
    }

    /** Opens it with keys of the host. */
    public final StoreAccess open(Clock clock, KeyProvider keys) {
        return open(clock, Optional.of(keys));
    }

    private StoreAccess open(Clock clock, Optional<KeyProvider> keys) {
        var store = StoreAccess.open(settings(keys), clock, new SecureRandom(), Migration.MIGRATE);
        closeLater(store);
        return store;
    }

    final synchronized void closeLater(AutoCloseable resource) {
        opened.add(resource);
    }

    @Override
    public void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }
}
