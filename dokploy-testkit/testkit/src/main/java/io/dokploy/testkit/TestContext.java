package io.dokploy.testkit;

import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.spi.CacheFolder;
import io.dokploy.spi.Json;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Processes;
import io.dokploy.spi.Progress;
import io.dokploy.spi.RegistryLogins;
import io.dokploy.spi.Workspace;
import io.dokploy.spi.engine.ContainerEngine;
import io.dokploy.testkit.engine.InMemoryEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin is given, for a test. {@link #create()} has an in-memory engine and its time, temporary directories, real
 * processes and HTTP, and JSON that is only written; {@link #builder()} replaces parts. It remembers progress; closing it
 * removes the directories, and the engine if it made it. Thread-safe.
 */
public final class TestContext implements PluginContext, AutoCloseable {

    private final ContainerEngine engine;
    private final boolean ownEngine;
    private final Clock clock;
    private final Json json;
    private final Processes processes;
    private final HttpClient http;
    private final List<RegistryCredentials> logins;
    private final TestCancelToken cancelToken = new TestCancelToken();
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private final TempDirectory directory = new TempDirectory("context");
    private final Map<String, Semaphore> caches = new ConcurrentHashMap<>();
    private final Workspace workspace = new TestWorkspace();

    private TestContext(Builder builder) {
        InMemoryEngine own = InMemoryEngine.create();
        this.ownEngine = builder.engine == null;
        this.engine = builder.engine == null ? own : builder.engine;
        this.clock = builder.clock == null ? own.script().time() : builder.clock;
        this.json = builder.json;
        this.http = builder.http == null ? HttpClient.newHttpClient() : builder.http;
        this.processes = builder.processes == null ? new LocalProcesses(cancelToken) : builder.processes;
        this.logins = List.copyOf(builder.logins);
    }

    /** A context with an in-memory engine. */
    public static TestContext create() {
        return builder().build();
    }

    /** A context with that engine. */
    public static TestContext of(ContainerEngine engine) {
        return builder().engine(engine).build();
    }

    /** Starts one that is put together. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ContainerEngine engine() {
        return engine;
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    /** Waits, as in production, while another call holds it. */
    @Override
    public CacheFolder cache(String name) {
        Semaphore lock = caches.computeIfAbsent(name, n -> new Semaphore(1));
        lock.acquireUninterruptibly();
        Path folder = made("cache-" + name);
        return new CacheFolder() {
            private boolean closed;

            @Override
            public Path directory() {
                return folder;
            }

            @Override
            public synchronized void close() {
                if (!closed) {
                    closed = true;
                    lock.release();
                }
            }
        };
    }

    @Override
    public Processes processes() {
        return processes;
    }

    @Override
    public HttpClient http() {
        return http;
    }

    @Override
    public Json json() {
        return json;
    }

    @Override
    public RegistryLogins registries() {
        return new RegistryLogins() {
            @Override
            public Optional<RegistryCredentials> forImage(String reference) {
                return logins.stream()
                        .filter(login -> reference.startsWith(login.host() + "/"))
                        .findFirst();
            }

            @Override
            public List<RegistryCredentials> all() {
                return logins;
            }
        };
    }

    @Override
    public Progress progress() {
        return progress::add;
    }

    /** The lines of progress until now. */
    public List<String> progressLines() {
        return List.copyOf(progress);
    }

    /** The token; {@link TestCancelToken#cancel()} fires it. */
    @Override
    public TestCancelToken cancelToken() {
        return cancelToken;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        if (ownEngine) {
            engine.close();
        }
        directory.delete();
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(directory.path().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gone with the context. */
    private final class TestWorkspace implements Workspace {
        @Override
        public Path directory() {
            return made("workspace");
        }

        @Override
        public void close() {}
    }

    /** Puts a context together. Not thread-safe. */
    public static final class Builder {
        private final List<RegistryCredentials> logins = new ArrayList<>();
        private @Nullable ContainerEngine engine;
        private @Nullable Clock clock;
        private @Nullable HttpClient http;
        private @Nullable Processes processes;
        private Json json = new JsonWriter();

        private Builder() {}

        /** That engine instead of one in memory. The context does not close it. */
        public Builder engine(ContainerEngine newEngine) {
            engine = newEngine;
            return this;
        }

        /** That time instead of the in-memory engine's. */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /** JSON that can be read too, from a mapper. */
        public Builder json(Json newJson) {
            json = newJson;
            return this;
        }

        /** Another client. */
        public Builder http(HttpClient client) {
            http = client;
            return this;
        }

        /** Programs that are not really run. */
        public Builder processes(Processes newProcesses) {
            processes = newProcesses;
            return this;
        }

        /** Adds the login of a registry. */
        public Builder registry(RegistryCredentials login) {
            logins.add(login);
            return this;
        }

        /** The context. */
        public TestContext build() {
            return new TestContext(this);
        }
    }
}
