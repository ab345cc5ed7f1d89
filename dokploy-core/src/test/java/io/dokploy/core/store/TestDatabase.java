package io.dokploy.core.store;

import com.zaxxer.hikari.HikariDataSource;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A database for one test, which opens its store as often as it likes. Closes what the test left open. */
public abstract class TestDatabase implements AutoCloseable {

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** The file of an embedded store in that directory. */
    public static TestDatabase embedded(Path directory) {
        return new TestDatabase() {
            @Override
            public Store settings() {
                return Store.embedded(directory);
            }

            @Override
            public StoreAccess openBeside(StoreAccess first, Clock clock) {
                return first;
            }
        };
    }

    /** A new database of that server. */
    public static TestDatabase postgres(PostgresStores server) {
        var keys = KeyProvider.of(MasterKey.random(new SecureRandom()));
        String url = server.newDatabase();
        return new TestDatabase() {
            @Override
            public Store settings() {
                HikariDataSource pool = PostgresStores.pool(url);
                closeLater(pool);
                return Store.jdbc(pool, keys);
            }

            @Override
            public StoreAccess openBeside(StoreAccess first, Clock clock) {
                return open(clock);
            }
        };
    }

    /** How it is opened, each time with connections of its own. */
    public abstract Store settings();

    /** Opens it as another process would while {@code first} is open; an embedded one is for one process: the same. */
    public abstract StoreAccess openBeside(StoreAccess first, Clock clock);

    /** Opens it. */
    public final StoreAccess open(Clock clock) {
        var store = StoreAccess.open(settings(), clock, new SecureRandom(), Migration.MIGRATE);
        closeLater(store);
        return store;
    }

    final void closeLater(AutoCloseable resource) {
        opened.add(resource);
    }

    @Override
    public void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }
}
