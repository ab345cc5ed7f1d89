package io.dokploy.core.notify;

import io.dokploy.core.store.TestDatabase;
import java.nio.file.Path;

/** Notifications on the embedded database. */
final class NotificationTest extends NotificationContract {

    @Override
    TestDatabase newDatabase(Path place) {
        return TestDatabase.embedded(place);
    }
}
