package io.dokploy.testkit;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.SettingsReader;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.backup.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The smallest target: keeps objects in memory. Its steps can be broken one by one. */
class MemoryTarget implements BackupTarget {

    private record Content(byte[] bytes, Instant modified) {}

    private final Map<String, Content> objects = new ConcurrentHashMap<>();
    private final Map<MemoryUpload, Instant> unfinished = new ConcurrentHashMap<>();

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public void check(SettingsDocument settings) {
        var reader = SettingsReader.of(settings, "memory", 1);
        String place = reader.text("place").orElse("");
        long tries = reader.number("tries").orElse(1L);
        reader.secret("password");
        Problems problems = reader.problems();
        problems.require(!place.isEmpty(), "place", "must be given");
        problems.require(tries > 0, "tries", "must be at least 1");
        problems.throwIfAny();
    }

    @Override
    public Store open(SettingsDocument settings, PluginContext context) {
        return new MemoryStore(settings);
    }

    String unreachable(SettingsDocument settings) {
        return "nobody is at " + settings.values().text("place", "");
    }

    String checked(String key) {
        return ObjectKey.checked(key);
    }

    InputStream missing(String key) throws IOException {
        throw new NoSuchFileException(key);
    }

    boolean matches(String key, String prefix) {
        return key.startsWith(prefix);
    }

    Stream<String> ordered(Stream<String> keys) {
        return keys.sorted();
    }

    boolean isOld(Instant began, Instant before) {
        return began.isBefore(before);
    }

    byte[] content(ByteArrayOutputStream written) {
        return written.toByteArray();
    }

    void written(Upload upload) throws IOException {}

    void closed(Upload upload) throws IOException {}

    final void store(String key, byte[] bytes) {
        objects.put(key, new Content(bytes, Instant.now()));
    }

    private final class MemoryStore implements Store {
        private final SettingsDocument settings;

        MemoryStore(SettingsDocument settings) {
            this.settings = settings;
        }

        @Override
        public Upload put(String key) throws IOException {
            if (settings.values().text("place", "").equals("nowhere")) {
                throw new IOException(unreachable(settings));
            }
            var upload = new MemoryUpload(checked(key));
            unfinished.put(upload, Instant.now());
            return upload;
        }

        @Override
        public InputStream get(String key) throws IOException {
            Content content = objects.get(checked(key));
            return content == null ? missing(key) : new ByteArrayInputStream(content.bytes());
        }

        @Override
        public Optional<StoredObject> find(String key) {
            return Optional.ofNullable(objects.get(checked(key)))
                    .map(content -> new StoredObject(key, content.bytes().length, content.modified()));
        }

        @Override
        public void list(String prefix, Consumer<StoredObject> listener) {
            ObjectKey.checkedPrefix(prefix);
            List<String> keys = ordered(new TreeMap<>(objects).keySet().stream())
                    .filter(key -> matches(key, prefix))
                    .toList();
            keys.forEach(key -> find(key).ifPresent(listener));
        }

        @Override
        public void delete(String key) {
            objects.remove(checked(key));
        }

        @Override
        public int abortUnfinished(String prefix, Instant before) {
            ObjectKey.checkedPrefix(prefix);
            Map<MemoryUpload, Instant> old = new HashMap<>(unfinished);
            old.entrySet()
                    .removeIf(upload -> !matches(upload.getKey().key, prefix) || !isOld(upload.getValue(), before));
            unfinished.keySet().removeAll(old.keySet());
            return old.size();
        }

        @Override
        public void close() {}
    }

    final class MemoryUpload implements Upload {
        final String key;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final OutputStream stream = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                bytes.write(b);
                written(MemoryUpload.this);
            }

            @Override
            public void write(byte[] b, int from, int length) throws IOException {
                bytes.write(b, from, length);
                written(MemoryUpload.this);
            }
        };

        MemoryUpload(String key) {
            this.key = key;
        }

        @Override
        public OutputStream stream() {
            return stream;
        }

        @Override
        public long commit() throws IOException {
            if (unfinished.remove(this) == null) {
                throw new IOException("the upload of " + key + " was aborted");
            }
            store(key, content(bytes));
            return bytes.size();
        }

        @Override
        public void close() throws IOException {
            if (unfinished.containsKey(this)) {
                closed(this);
                unfinished.remove(this);
            }
        }
    }
}
