package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.Verification;
import io.dokploy.api.error.BackupKeyException;
import io.dokploy.core.MasterKey;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.core.store.StoreCopy;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Backs up the store itself, as one consistent moment while it is in use, and proves that by making a store of it in a
 * directory that is thrown away. Always encrypted, since the store's own key is in it.
 */
final class StoreBackup {

    /** The part with the store's keys, one a line, in Base64: what {@code master.key} holds. */
    static final String KEYS = "master-key";

    /** The part with the rows of all tables. */
    static final String ROWS = "rows";

    private static final String ENGINE = "store";

    private final Platform platform;
    private final OperationContext operation;
    private final PluginContext context;
    private final BackupKeys keys;

    StoreBackup(Platform platform, OperationContext operation, PluginContext context, BackupKeys keys) {
        this.platform = platform;
        this.operation = operation;
        this.context = context;
        this.keys = keys;
    }

    /** Without a key to encrypt it there is no backup of the store. */
    static void requireKey(BackupKeys keys) {
        if (keys.fingerprint().isEmpty()) {
            throw new BackupKeyException(
                    "store",
                    "it is never backed up without encryption, since its backup holds its key, and this instance has no"
                            + " backup key",
                    "Give one with DokployBuilder.backupKey.");
        }
    }

    Backup take(String target) {
        requireKey(keys);
        var id = BackupDraft.id(operation, platform.store().ids());
        var stored = platform.store().backups().find(id);
        if (stored.isPresent()) {
            return stored.get().backup();
        }
        operation.step("dump");
        try (var place = Place.open(platform, target, context)) {
            var backup = write(id, place);
            new Catalogue(platform, operation).stored(backup, target);
            return backup;
        } catch (IOException e) {
            throw Place.failed(target, "store", e);
        }
    }

    private Backup write(BackupId id, BackupTarget.Store place) throws IOException {
        var store = platform.store();
        var began = platform.pacing().now();
        var counts = new TreeMap<String, Long>();
        try (var draft = new BackupDraft(place, store.instance(), ENGINE, id.value())) {
            var writer = new PartWriter(place, keys, context.cancelToken());
            draft.add(writer.write(draft.prefix(), KEYS, "txt", false, stream -> writeKeys(store, stream)));
            draft.add(writer.write(draft.prefix(), ROWS, "jsonl", true, stream -> writeRows(store, stream, counts)));
            var backup = new Backup(
                    id,
                    Kind.STORE,
                    store.instance(),
                    "",
                    "",
                    "",
                    ENGINE,
                    StoreCopy.version(store),
                    StoreCopy.server(store),
                    began,
                    Duration.between(began, platform.pacing().now()),
                    draft.parts(),
                    counts,
                    true,
                    keys.fingerprint(),
                    Optional.empty());
            draft.end(context.json().write(backup));
            return backup;
        }
    }

    private static long writeKeys(StoreAccess store, OutputStream stream) throws IOException {
        var text = store.masterKeys().stream()
                .map(MasterKey::reveal)
                .map(key -> Base64.getEncoder().encodeToString(key) + "\n")
                .collect(Collectors.joining());
        stream.write(text.getBytes(StandardCharsets.US_ASCII));
        return text.length();
    }

    private static long writeRows(StoreAccess store, OutputStream stream, Map<String, Long> counts) throws IOException {
        var sized = new Sized(stream);
        counts.putAll(StoreCopy.write(store, sized));
        return sized.bytes;
    }

    Verification prove(Backup backup, String target) {
        operation.step("verify");
        var began = platform.pacing().now();
        try (var place = Place.open(platform, target, context)) {
            var checks = new StoreFromBackup(place, keys, context.cancelToken())
                    .prove(backup, context.workspace().directory());
            var now = platform.pacing().now();
            var verification = new Verification(now, Duration.between(began, now), "H2", checks);
            new Catalogue(platform, operation).verified(backup, verification);
            return verification;
        } catch (IOException e) {
            throw Place.failed(target, "backup " + backup.id(), e);
        }
    }

    private static final class Sized extends java.io.FilterOutputStream {
        private long bytes;

        Sized(OutputStream target) {
            super(target);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            bytes += length;
        }
    }
}
