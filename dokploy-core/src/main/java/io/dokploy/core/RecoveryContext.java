package io.dokploy.core;

import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.core.json.TextCipher;
import io.dokploy.core.json.ValueJson;
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
import io.dokploy.spi.engine.ContainerEngine;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What a place for backups is given where there is no store and no engine yet. */
final class RecoveryContext implements PluginContext, AutoCloseable {

    private final LocalWorkspace workspace;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Json json = plainJson();

    RecoveryContext(LocalWorkspace workspace) {
        this.workspace = workspace;
    }

    /** The form that people write; nothing is encrypted with that key. */
    static Json plainJson() {
        return new ValueJson(new TextCipher(KeyProvider.of(MasterKey.random(new SecureRandom())), new SecureRandom()));
    }

    @Override
    public ContainerEngine engine() {
        throw new IllegalStateException("There is no engine before an instance has started");
    }

    @Override
    public LocalWorkspace workspace() {
        return workspace;
    }

    @Override
    public CacheFolder cache(String name) {
        return new LocalCaches(workspace.directory().resolve("cache")).open(name, cancelToken());
    }

    @Override
    public Processes processes() {
        return new LocalProcesses(cancelToken(), text -> text);
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
                return Optional.empty();
            }

            @Override
            public List<RegistryCredentials> all() {
                return List.of();
            }
        };
    }

    @Override
    public Progress progress() {
        return Progress.none();
    }

    @Override
    public CancelToken cancelToken() {
        return CancelToken.never();
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public void close() {
        workspace.close();
    }
}
