package io.dokploy.core;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * {@link DokployRecovery} as a command, for a machine on which nothing is left: {@code RecoverStore place.json backup-key.txt
 * data} proves the newest backup of a store in that place and makes the store of it in the directory {@code data}. The
 * plugin of the place must be on the class path. It ends with 0 only if the store is there.
 */
@Experimental
public final class RecoverStore {

    private static final String USAGE = "Usage: RecoverStore PLACE KEY DIRECTORY\n"
            + "PLACE: a file with the settings of the place, {\"plugin\": \"local\", \"version\": 1, \"values\": {\"folder\":"
            + " \"/srv/backups\"}}; a secret in it is {\"$secret\": \"...\"}\n"
            + "KEY: a file with the backup key, or several, as age-keygen writes it\n"
            + "DIRECTORY: where the store is made, without one";

    private RecoverStore() {}

    /** Takes the three paths. */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException(USAGE);
        }
        run(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), System.out::println);
    }

    static void run(Path place, Path keys, Path directory, Consumer<String> told) throws IOException {
        var settings = RecoveryContext.plainJson().read(Files.readString(place), SettingsDocument.class);
        try (var recovery = DokployRecovery.from(() -> settings, keys(keys))) {
            var backup = recovery.newestStore();
            told.accept("The newest backup of a store is " + backup.id() + ", begun " + backup.began());
            recovery.verifyStore(backup).forEach(told);
            recovery.restoreStore(backup, directory);
            told.accept("The store is in " + directory + ". Start your program on it with the same backup key, and let"
                    + " Revival bring back what it says should run");
        }
    }

    private static BackupKey[] keys(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            var keys = lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> BackupKey.of(Secret.of(line)))
                    .toArray(BackupKey[]::new);
            Problems.of("backup key")
                    .require(keys.length > 0, "file", file + " has none")
                    .throwIfAny();
            return keys;
        }
    }
}
