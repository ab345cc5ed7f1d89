package io.dokploy.core.operation;

import com.zaxxer.hikari.HikariDataSource;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Store;
import io.dokploy.core.store.Migration;
import io.dokploy.core.store.PostgresStores;
import io.dokploy.core.store.StoreAccess;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The queue on PostgreSQL. */
final class OperationQueueIT extends QueueContract {

    private static PostgresStores server;

    private final KeyProvider keys = KeyProvider.of(MasterKey.random(new SecureRandom()));
    private final List<HikariDataSource> pools = new ArrayList<>();
    private String url = "";

    @BeforeAll
    static void startServer() {
        server = new PostgresStores();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    @Override
    StoreAccess openStore() {
        url = server.newDatabase();
        return openStoreElsewhere();
    }

    @Override
    StoreAccess openStoreElsewhere() {
        var pool = PostgresStores.pool(url);
        pools.add(pool);
        return StoreAccess.open(Store.jdbc(pool, keys), Clock.systemUTC(), new SecureRandom(), Migration.MIGRATE);
    }
}
