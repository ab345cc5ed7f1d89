package io.dokploy.core.backup;

import io.dokploy.api.Actor;
import io.dokploy.api.Client;
import io.dokploy.api.Operation;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Secret;
import io.dokploy.core.BackupKey;
import io.dokploy.core.database.DatabaseSite;
import java.nio.file.Path;

/** Takes or restores a backup, or upgrades a database, and dies without a word as soon as a step begins. */
final class BackingUpProgram {

    private BackingUpProgram() {}

    /** DIRECTORY KEY OWNER STEP take|upgrade|BACKUP DATABASE */
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
            request(dokploy.as(Actor.of("child")), arguments[4], arguments[5]).await(DatabaseSite.PATIENCE);
        }
    }

    private static Operation<?> request(Client client, String request, String database) {
        return switch (request) {
            case "take" -> client.backups().backUp(database, "folder");
            case "upgrade" -> client.databases().upgrade(database, "17");
            default -> client.backups().restore(new BackupId(request), database);
        };
    }
}
