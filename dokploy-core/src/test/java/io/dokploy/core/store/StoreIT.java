package io.dokploy.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The store on PostgreSQL. */
final class StoreIT extends StoreContract {

    private static PostgresStores server;

    @BeforeAll
    static void startServer() {
        server = new PostgresStores();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void severalProcessesThatStartAtOnceMigrateOnceAndAgreeWhoTheStoreIs() throws Exception {
        try (var database = TestDatabase.postgres(server)) {
            var threads = Executors.newFixedThreadPool(4);
            Callable<String> start = () -> {
                try (StoreAccess store = database.open(Clock.systemUTC())) {
                    return store.instance();
                }
            };
            var names = new HashSet<String>();
            for (var opened : threads.invokeAll(Collections.nCopies(4, start))) {
                names.add(opened.get());
            }
            threads.shutdown();

            assertThat(names).hasSize(1);
        }
    }

    @Override
    TestDatabase newDatabase(Path place) {
        return TestDatabase.postgres(server);
    }
}
