package io.dokploy.testkit.host;

import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** A place for backups that outlives processes. */
final class MemoryPlace implements BackupTarget {

    private static final String ID = "memory-place";

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

    static PluginSettings settings() {
        return () -> new SettingsDocument(ID, 1, Tree.branch().build());
    }

    List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void check(SettingsDocument settings) {}

    @Override
    public Store open(SettingsDocument settings, PluginContext context) {
        return new Store() {
            @Override
            public Upload put(String key) {
                return new Writing(key);
            }

            @Override
            public InputStream get(String key) throws IOException {
                return new ByteArrayInputStream(
                        Optional.ofNullable(objects.get(key)).orElseThrow(() -> new NoSuchFileException(key)));
            }

            @Override
            public Optional<StoredObject> find(String key) {
                return Optional.ofNullable(objects.get(key))
                        .map(content -> new StoredObject(key, content.length, Instant.EPOCH));
            }

            @Override
            public void list(String prefix, Consumer<StoredObject> listener) {
                objects.forEach((key, content) -> {
                    if (key.startsWith(prefix)) {
                        listener.accept(new StoredObject(key, content.length, Instant.EPOCH));
                    }
                });
            }

            @Override
            public void delete(String key) {
                objects.remove(key);
            }

            @Override
            public int abortUnfinished(String prefix, Instant before) {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    private final class Writing implements Upload {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final String key;

        Writing(String key) {
            this.key = key;
        }

        @Override
        public OutputStream stream() {
            return content;
        }

        @Override
        public long commit() {
            objects.put(key, content.toByteArray());
            return content.size();
        }

        @Override
        public void close() {}
    }
}
