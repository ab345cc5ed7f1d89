package io.dokploy.core.store;

import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.api.error.WrongKeyException;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Store;
import io.dokploy.core.json.TextCipher;
import io.dokploy.core.json.ValueJson;
import io.dokploy.spi.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Makes a store from a {@link StoreCopy} and the keys that its values are encrypted with. */
public final class StoreRestore {

    private static final String DRAFT = "restoring";
    private static final String KEY_FILE = "master.key";
    private static final String STORE_FILE = "store.mv.db";

    private final List<MasterKey> keys;

    /** @param keys the one in use first */
    public StoreRestore(List<MasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * A directory in which the store is made before it is moved, all at once, to where it belongs.
     *
     * @throws StoreUnavailableException if there is a store already, or a key
     */
    public static Path draft(Path directory) throws IOException {
        EmbeddedDatabase.makeDirectory(directory);
        if (EmbeddedDatabase.exists(directory) || Files.exists(directory.resolve(KEY_FILE))) {
            throw new StoreUnavailableException(
                    "store in " + directory,
                    "there is one already, or its key",
                    "Choose another directory, or move what is there away; nothing was changed.");
        }
        var draft = directory.resolve(DRAFT);
        remove(draft);
        EmbeddedDatabase.makeDirectory(draft);
        return draft;
    }

    /**
     * Makes an embedded store with its key file in an empty directory, and opens it once.
     *
     * @return how many rows each table had in the copy
     */
    public Map<String, Long> into(Path directory, String version, InputStream rows) throws IOException {
        Map<String, Long> counts;
        try (var database = EmbeddedDatabase.open(directory)) {
            counts = StoreCopy.read(database.dataSource(), version, rows, json());
        }
        KeyFile.make(directory.resolve(KEY_FILE), keys);
        StoreAccess.open(Store.embedded(directory), Clock.systemUTC(), new SecureRandom(), Migration.MIGRATE)
                .close();
        return counts;
    }

    /** Moves a draft to where it belongs. */
    public static void publish(Path draft, Path directory) throws IOException {
        for (String file : List.of(KEY_FILE, STORE_FILE)) {
            Files.move(draft.resolve(file), directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Makes a store in a database of the host's that has none.
     *
     * @param given the host's keys, which must have the backup's
     */
    public Map<String, Long> into(DataSource dataSource, KeyProvider given, String version, InputStream rows)
            throws IOException {
        for (MasterKey key : keys) {
            if (given.byFingerprint(key.fingerprint()).isEmpty()) {
                throw new WrongKeyException(
                        "store",
                        "it is encrypted with the key " + key.fingerprint() + ", which the given keys do not have",
                        "Give that key too; the backup holds it. Nothing was changed.");
            }
        }
        return StoreCopy.read(dataSource, version, rows, json());
    }

    private KeyProvider provider() {
        return KeyProvider.of(keys.get(0), keys.subList(1, keys.size()));
    }

    private Json json() {
        return new ValueJson(new TextCipher(provider(), new SecureRandom()));
    }

    /** Removes a draft, if it is there. */
    public static void remove(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }
}
