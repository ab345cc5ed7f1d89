package io.dokploy.core.operation;

import io.dokploy.core.Store;
import io.dokploy.core.store.Migration;
import io.dokploy.core.store.StoreAccess;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

/** The queue on the embedded database. */
final class OperationQueueTest extends QueueContract {

    @TempDir
    private Path directory;

    @Override
    StoreAccess openStore() {
        return StoreAccess.open(Store.embedded(directory), Clock.systemUTC(), new SecureRandom(), Migration.MIGRATE);
    }

    @Override
    StoreAccess openStoreElsewhere() {
        return store();
    }
}
