package io.dokploy.core.backup;

import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.database.postgres.PostgresProvisioner;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Stores the log of a database as any program does that runs, and dies without a word as it writes some object of it. */
final class LogShippingProgram {

    private LogShippingProgram() {}

    /** DIRECTORY OWNER OBJECT */
    public static void main(String[] arguments) throws InterruptedException {
        var folder = new DyingFolder(arguments[2]);
        try (var dokploy = DatabaseSite.open(
                Path.of(arguments[0]),
                builder -> builder.plugins(Plugins.of(new PostgresProvisioner(), folder)),
                Long.parseLong(arguments[1]))) {
            new CountDownLatch(1).await();
        }
    }
}
