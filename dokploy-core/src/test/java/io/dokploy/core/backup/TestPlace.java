package io.dokploy.core.backup;

import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.backup.BackupTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A place in memory that fails when it is told to. */
public final class TestPlace implements BackupTarget {

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> times = new ConcurrentSkipListMap<>();
    private final Clock clock;
    private final List<String> deleted = new CopyOnWriteArrayList<>();
    private volatile Instant unfinished = Instant.MAX;
    private volatile boolean undeletable;
    private volatile long writable = Long.MAX_VALUE;
    private volatile long readable = Long.MAX_VALUE;
    private volatile long given = Long.MAX_VALUE;
    private volatile long noticed;
    private volatile long noticedReading;
    private final AtomicReference<Runnable> written = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> read = new AtomicReference<>(() -> {});

    public static PluginSettings settings() {
        return () -> new SettingsDocument("test-place", 1, Tree.branch().build());
    }

    public TestPlace() {
        this(Clock.systemUTC());
    }

    /** One whose objects have the times of that clock. */
    public TestPlace(Clock clock) {
        this.clock = clock;
    }

    /** What was deleted, in order. */
    public List<String> deleted() {
        return List.copyOf(deleted);
    }

    /** Puts an object, as somebody else would. */
    public void put(String key, byte[] content) {
        objects.put(key, content);
        times.put(key, clock.instant());
    }

    /** Removes an object, as somebody else would. */
    public void remove(String key) {
        objects.remove(key);
    }

    /** Somebody began an upload now and will not end it. */
    public void leaveUpload() {
        unfinished = clock.instant();
    }

    /** Deleting fails from now on. */
    public void failDeletes() {
        undeletable = true;
    }

    /** Writes break off after that many bytes of an object. */
    public void failWritesAfter(long bytes) {
        writable = bytes;
    }

    /** Reads break off after that many bytes of an object. */
    public void failReadsAfter(long bytes) {
        readable = bytes;
    }

    /** Reads end after that many bytes of an object, as if that were all. */
    void endReadsAfter(long bytes) {
        given = bytes;
    }

    /** Does that once, as soon as so much of an object has arrived. */
    public void whenWritten(long bytes, Runnable action) {
        noticed = bytes;
        written.set(action);
    }

    /** Does that once, as soon as so much of an object was read. */
    void whenRead(long bytes, Runnable action) {
        noticedReading = bytes;
        read.set(action);
    }

    public void heal() {
        writable = Long.MAX_VALUE;
        readable = Long.MAX_VALUE;
        given = Long.MAX_VALUE;
        undeletable = false;
    }

    public List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    byte[] object(String ending) {
        return objects.get(key(ending));
    }

    /** Changes the one object whose key ends like that. */
    void tamper(String ending, UnaryOperator<byte[]> change) {
        objects.computeIfPresent(key(ending), (key, content) -> change.apply(content.clone()));
    }

    private String key(String ending) {
        return objects.keySet().stream()
                .filter(key -> key.contains(ending))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String id() {
        return "test-place";
    }

    @Override
    public void check(SettingsDocument settings) {}

    @Override
    public Store open(SettingsDocument settings, PluginContext context) {
        return new Objects();
    }

    private final class Objects implements Store {

        @Override
        public Upload put(String key) {
            var content = new ByteArrayOutputStream();
            return new Upload() {
                @Override
                public OutputStream stream() {
                    return new FilterOutputStream(content) {
                        @Override
                        public void write(int b) throws IOException {
                            write(new byte[] {(byte) b}, 0, 1);
                        }

                        @Override
                        public void write(byte[] buffer, int offset, int length) throws IOException {
                            if (content.size() + length > writable) {
                                throw new IOException("the place is gone");
                            }
                            if (content.size() >= noticed) {
                                written.getAndSet(() -> {}).run();
                            }
                            content.write(buffer, offset, length);
                        }
                    };
                }

                @Override
                public long commit() {
                    TestPlace.this.put(key, content.toByteArray());
                    return content.size();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public InputStream get(String key) throws IOException {
            var content = objects.get(key);
            if (content == null) {
                throw new NoSuchFileException(key);
            }
            return new FilterInputStream(new ByteArrayInputStream(content, 0, (int) Math.min(content.length, given))) {
                private long count;

                @Override
                public int read() throws IOException {
                    var one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (count >= readable) {
                        throw new IOException("the place is gone");
                    }
                    if (count >= noticedReading) {
                        TestPlace.this.read.getAndSet(() -> {}).run();
                    }
                    int read = super.read(buffer, offset, (int) Math.min(length, readable - count));
                    count += Math.max(read, 0);
                    return read;
                }
            };
        }

        @Override
        public Optional<StoredObject> find(String key) {
            return Optional.ofNullable(objects.get(key))
                    .map(content -> new StoredObject(key, content.length, times.get(key)));
        }

        @Override
        public void list(String prefix, Consumer<StoredObject> listener) {
            objects.forEach((key, content) -> {
                if (key.startsWith(prefix)) {
                    listener.accept(new StoredObject(key, content.length, times.get(key)));
                }
            });
        }

        @Override
        public void delete(String key) throws IOException {
            if (undeletable) {
                throw new IOException("the place is read-only");
            }
            objects.remove(key);
            deleted.add(key);
        }

        @Override
        public int abortUnfinished(String prefix, Instant before) {
            boolean old = unfinished.isBefore(before);
            unfinished = old ? Instant.MAX : unfinished;
            return old ? 1 : 0;
        }

        @Override
        public void close() {}
    }
}
