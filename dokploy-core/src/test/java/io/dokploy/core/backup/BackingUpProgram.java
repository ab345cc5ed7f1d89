package io.dokploy.core.backup;

import io.dokploy.api.Actor;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Secret;
import io.dokploy.core.BackupKey;
import io.dokploy.core.database.DatabaseSite;
import java.nio.file.Path;

/** Takes or restores a backup, and dies without a word as soon as a step begins. */
final class BackingUpProgram {

    private BackingUpProgram() {}

    /** DIRECTORY KEY OWNER STEP take|BACKUP */
    public static void main(String[] arguments) {
        var key = BackupKey.of(Secret.of(arguments[1]));
        try (var dokploy = DatabaseSite.open(
                Path.of(arguments[0]), builder -> builder.backupKey(key), Long.parseLong(arguments[2]))) {
            dokploy.events().subscribe(event -> {
                if (event.type().equals(EventType.STEP_STARTED)
                        && event.data().text("step", "").equals(arguments[3])) {
                    Runtime.getRuntime().halt(137);
                }
            });
            var backups = dokploy.as(Actor.of("child")).backups();
            var operation = arguments[4].equals("take")
                    ? backups.backUp("crash-db", "folder")
                    : backups.restore(new BackupId(arguments[4]), "crash-db");
            operation.await(DatabaseSite.PATIENCE);
        }
    }
}
