package io.dokploy.core.plugin;

import io.dokploy.core.local.LocalCaches;
import io.dokploy.core.local.LocalProcesses;
import io.dokploy.core.local.LocalWorkspace;
import io.dokploy.spi.CacheFolder;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Json;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Processes;
import io.dokploy.spi.Progress;
import io.dokploy.spi.RegistryLogins;
import io.dokploy.spi.Workspace;
import io.dokploy.spi.engine.ContainerEngine;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the contexts in which plugins are called.
 *
 * @param engine     of the server
 * @param workspaces directory under which those of single calls are made
 * @param caches     folders that are kept
 * @param http       with the host's proxy and certificate authorities
 * @param json       the JSON form of our values
 * @param registries logins
 * @param clock      the time
 */
public record Contexts(
        ContainerEngine engine,
        Path workspaces,
        LocalCaches caches,
        HttpClient http,
        Json json,
        RegistryLogins registries,
        Clock clock) {

    /** A context for one call; closing it frees all that was opened through it. */
    public CallContext open(Progress progress, CancelToken cancelToken, UnaryOperator<String> mask) {
        return new CallContext(this, progress, cancelToken, mask);
    }

    /** A context for calls that nobody watches. */
    public CallContext quiet() {
        return open(Progress.none(), CancelToken.never(), UnaryOperator.identity());
    }

    /** A {@link PluginContext} for one call. For one thread. */
    public static final class CallContext implements PluginContext, AutoCloseable {
        private final Contexts parts;
        private final Progress progress;
        private final CancelToken cancelToken;
        private final UnaryOperator<String> mask;
        private final Deque<CacheFolder> caches = new ArrayDeque<>();
        private @Nullable Workspace workspace;

        private CallContext(Contexts parts, Progress progress, CancelToken cancelToken, UnaryOperator<String> mask) {
            this.parts = parts;
            this.progress = progress;
            this.cancelToken = cancelToken;
            this.mask = mask;
        }

        @Override
        public ContainerEngine engine() {
            return parts.engine;
        }

        @Override
        public synchronized Workspace workspace() {
            if (workspace == null) {
                workspace = LocalWorkspace.create(parts.workspaces);
            }
            return workspace;
        }

        @Override
        public synchronized CacheFolder cache(String name) {
            var folder = parts.caches.open(name, cancelToken);
            caches.push(folder);
            return folder;
        }

        @Override
        public Processes processes() {
            return new LocalProcesses(cancelToken, mask);
        }

        @Override
        public HttpClient http() {
            return parts.http;
        }

        @Override
        public Json json() {
            return parts.json;
        }

        @Override
        public RegistryLogins registries() {
            return parts.registries;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public CancelToken cancelToken() {
            return cancelToken;
        }

        @Override
        public Clock clock() {
            return parts.clock;
        }

        @Override
        public synchronized void close() {
            while (!caches.isEmpty()) {
                caches.pop().close();
            }
            if (workspace != null) {
                workspace.close();
                workspace = null;
            }
        }
    }
}
