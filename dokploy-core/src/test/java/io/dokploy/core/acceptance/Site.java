package io.dokploy.core.acceptance;

import io.dokploy.api.Actor;
import io.dokploy.api.Applications;
import io.dokploy.api.Client;
import io.dokploy.api.Dokploy;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.Store;
import io.dokploy.core.TraefikSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A whole Dokploy with the real engine and a Traefik of its own on free ports of loopback; leaves nothing behind. */
final class Site implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final int httpPort = freePort();
    private final int httpsPort = freePort();
    private final UnaryOperator<DokployBuilder> changes;
    private Dokploy dokploy;

    Site(Path directory) {
        this(directory, UnaryOperator.identity());
    }

    Site(Path directory, UnaryOperator<DokployBuilder> changes) {
        this.directory = directory;
        this.changes = changes;
        this.dokploy = open();
    }

    private Dokploy open() {
        var opened = changes.apply(DokployBuilder.create()
                        .store(Store.embedded(directory.resolve("data")))
                        .router(TraefikSettings.managed()
                                .bindAddress("127.0.0.1")
                                .httpPort(httpPort)
                                .httpsPort(httpsPort)))
                .build();
        opened.start();
        return opened;
    }

    /** Ends this instance and starts another one on the same store. */
    void restart() {
        dokploy.close();
        dokploy = open();
    }

    Dokploy dokploy() {
        return dokploy;
    }

    Client client() {
        return dokploy.as(Actor.of("test"));
    }

    Applications applications() {
        return client().applications();
    }

    int httpPort() {
        return httpPort;
    }

    int httpsPort() {
        return httpsPort;
    }

    Load load(String host) {
        return new Load(httpPort, host);
    }

    /** The test application of that repository under {@code NAME.localhost}, with drains that end soon. */
    static ApplicationSpec.Builder app(String name, TestRepository repository) {
        return ApplicationSpec.named(name)
                .source(GitSource.of(repository.url()).branch("main"))
                .domain(Domain.of(name + ".localhost").port(3000))
                .health(HttpHealthCheck.get("/healthz"))
                .healthyWithin(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        try {
            client().maintenance().uninstall().await(PATIENCE);
        } finally {
            dokploy.close();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
