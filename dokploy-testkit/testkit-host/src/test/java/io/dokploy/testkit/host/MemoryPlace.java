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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A place for backups that outlives processes; threads of one that has died reach it no more when the next one is there. */
final class MemoryPlace implements BackupTarget {

    private static final String ID = "memory-place";

    private final Objects objects;
    private final int life;

    private record Kept(byte[] content, Instant modified) {
        StoredObject as(String key) {
            return new StoredObject(key, content.length, modified);
        }

        StoredObject lockedFor(Duration time, String key) {
            var until = time.isZero() ? Optional.<Instant>empty() : Optional.of(modified.plus(time));
            return new StoredObject(key, content.length, modified, until);
        }
    }

    /** What all lives share. */
    private static final class Objects {
        private final Map<String, Kept> all = new TreeMap<>();
        private int life;
        private Duration lock = Duration.ZERO;
    }

    /** An empty one. */
    MemoryPlace() {
        this(new Objects());
    }

    private MemoryPlace(Objects objects) {
        this.objects = objects;
        this.life = objects.life;
    }

    /** The same place, for the next process. */
    MemoryPlace inNextLife() {
        synchronized (objects) {
            objects.life++;
            return new MemoryPlace(objects);
        }
    }

    private <T> T alive(Function<Map<String, Kept>, T> work) {
        synchronized (objects) {
            if (objects.life != life) {
                throw new ProcessDied();
            }
            return work.apply(objects.all);
        }
    }

    static PluginSettings settings() {
        return () -> new SettingsDocument(ID, 1, Tree.branch().build());
    }

    /** Tells that each object is locked for so long since it was written, as a bucket does that has former versions. */
    void lockFor(Duration time) {
        synchronized (objects) {
            objects.lock = time;
        }
    }

    List<String> keys() {
        synchronized (objects) {
            return List.copyOf(objects.all.keySet());
        }
    }

    /** Puts what one object holds in the place of another. */
    void copy(String from, String to) {
        synchronized (objects) {
            objects.all.put(to, objects.all.get(from));
        }
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
                return new Writing(key, context.clock());
            }

            @Override
            public InputStream get(String key) throws IOException {
                var kept = kept(key).orElseThrow(() -> new NoSuchFileException(key));
                return new ByteArrayInputStream(kept.content());
            }

            @Override
            public Optional<StoredObject> find(String key) {
                return kept(key).map(kept -> kept.lockedFor(objects.lock, key));
            }

            @Override
            public void list(String prefix, Consumer<StoredObject> listener) {
                alive(Map::copyOf).forEach((key, kept) -> {
                    if (key.startsWith(prefix)) {
                        listener.accept(kept.as(key));
                    }
                });
            }

            @Override
            public void delete(String key) {
                alive(all -> Optional.ofNullable(all.remove(key)));
            }

            @Override
            public int abortUnfinished(String prefix, Instant before) {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    private Optional<Kept> kept(String key) {
        return alive(all -> Optional.ofNullable(all.get(key)));
    }

    private final class Writing implements Upload {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final String key;
        private final Clock clock;

        Writing(String key, Clock clock) {
            this.key = key;
            this.clock = clock;
        }

        @Override
        public OutputStream stream() {
            return content;
        }

        @Override
        public long commit() {
            alive(all -> Optional.ofNullable(all.put(key, new Kept(content.toByteArray(), clock.instant()))));
            return content.size();
        }

        @Override
        public void close() {}
    }
}
