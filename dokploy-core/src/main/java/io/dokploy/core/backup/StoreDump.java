package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.error.BackupKeyException;
import io.dokploy.core.MasterKey;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.core.store.StoreCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The store itself, as one consistent moment while it is in use. Always encrypted, since the store's own key is in it.
 */
final class StoreDump implements Dump {

    /** The part with the store's keys, one a line, in Base64: what {@code master.key} holds. */
    static final String KEYS = "master-key";

    /** The part with the rows of all tables. */
    static final String ROWS = "rows";

    private static final String ENGINE = "store";

    private final StoreAccess store;

    private StoreDump(StoreAccess store) {
        this.store = store;
    }

    /** @throws BackupKeyException without a key to encrypt it */
    static StoreDump of(BackupJob job) {
        if (job.keys().fingerprint().isEmpty()) {
            throw new BackupKeyException(
                    "store",
                    "it is never backed up without encryption, since its backup holds its key, and this instance has no"
                            + " backup key",
                    "Give one with DokployBuilder.backupKey.");
        }
        return new StoreDump(job.platform().store());
    }

    @Override
    public Source source() {
        return new Source(Kind.STORE, "", "", "", ENGINE, StoreCopy.version(store));
    }

    @Override
    public Contents writeTo(BackupDraft draft) throws IOException {
        var counts = new TreeMap<String, Long>();
        draft.writeAsIs(KEYS, "txt", this::writeKeys);
        draft.write(ROWS, "jsonl", stream -> counts.putAll(StoreCopy.write(store, stream)));
        return new Contents(StoreCopy.server(store), counts, true);
    }

    private void writeKeys(OutputStream stream) throws IOException {
        var text = store.masterKeys().stream()
                .map(MasterKey::reveal)
                .map(key -> Base64.getEncoder().encodeToString(key) + "\n")
                .collect(Collectors.joining());
        stream.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
