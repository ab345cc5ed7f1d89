package io.dokploy.core.notify;

import io.dokploy.core.store.PostgresStores;
import io.dokploy.core.store.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Notifications on PostgreSQL. */
final class NotificationIT extends NotificationContract {

    private static PostgresStores server;

    @BeforeAll
    static void startServer() {
        server = new PostgresStores();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    TestDatabase newDatabase(Path place) {
        return TestDatabase.postgres(server);
    }
}
