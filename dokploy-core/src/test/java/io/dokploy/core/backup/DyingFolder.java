package io.dokploy.core.backup;

import io.dokploy.api.value.SettingsDocument;
import io.dokploy.backup.local.LocalTarget;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A folder for backups under which the whole program dies as soon as the first object of some name is there. */
final class DyingFolder implements BackupTarget {

    private final BackupTarget folder = new LocalTarget();
    private final String name;

    /** @param name that the object's key contains */
    DyingFolder(String name) {
        this.name = name;
    }

    @Override
    public String id() {
        return folder.id();
    }

    @Override
    public void check(SettingsDocument settings) {
        folder.check(settings);
    }

    @Override
    public Store open(SettingsDocument settings, PluginContext context) {
        return new DyingStore(folder.open(settings, context));
    }

    private final class DyingStore implements Store {
        private final Store store;

        DyingStore(Store store) {
            this.store = store;
        }

        @Override
        public Upload put(String key) throws IOException {
            var upload = store.put(key);
            return key.contains(name) ? new DyingUpload(upload) : upload;
        }

        @Override
        public InputStream get(String key) throws IOException {
            return store.get(key);
        }

        @Override
        public Optional<StoredObject> find(String key) throws IOException {
            return store.find(key);
        }

        @Override
        public void list(String prefix, Consumer<StoredObject> listener) throws IOException {
            store.list(prefix, listener);
        }

        @Override
        public void delete(String key) throws IOException {
            store.delete(key);
        }

        @Override
        public int abortUnfinished(String prefix, Instant before) throws IOException {
            return store.abortUnfinished(prefix, before);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private final class DyingUpload implements Upload {
        private final Upload upload;

        DyingUpload(Upload upload) {
            this.upload = upload;
        }

        @Override
        public OutputStream stream() {
            return upload.stream();
        }

        @Override
        public long commit() throws IOException {
            long size = upload.commit();
            Runtime.getRuntime().halt(137);
            return size;
        }

        @Override
        public void close() throws IOException {
            upload.close();
        }
    }
}
