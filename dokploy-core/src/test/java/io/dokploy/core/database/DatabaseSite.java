package io.dokploy.core.database;

import io.dokploy.api.Actor;
import io.dokploy.api.Client;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.Dokploy;
import io.dokploy.core.DokployBuilder;
import io.dokploy.core.FreePort;
import io.dokploy.core.Store;
import io.dokploy.core.TraefikSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A Dokploy on the real engine for tests of databases; leaves no container, network or volume behind. */
public final class DatabaseSite implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final UnaryOperator<DokployBuilder> changes;
    private Dokploy dokploy;

    public DatabaseSite(Path directory, UnaryOperator<DokployBuilder> changes) {
        this.directory = directory;
        this.changes = changes;
        start();
    }

    /** Ends this program; what runs goes on running. */
    public void stop() {
        dokploy.close();
    }

    /** Starts it again on the same store. */
    public void start() {
        dokploy = open(directory, changes, ProcessHandle.current().pid());
    }

    /** An instance with databases on that store; what it makes belongs to the process of that id. */
    public static Dokploy open(Path directory, UnaryOperator<DokployBuilder> changes, long owner) {
        var dokploy = changes.apply(DokployBuilder.create()
                        .store(Store.embedded(directory))
                        .router(TraefikSettings.managed()
                                .bindAddress("127.0.0.1")
                                .httpPort(FreePort.next())
                                .httpsPort(FreePort.next()))
                        .label("io.dokploy.run", "test")
                        .label("io.dokploy.run.pid", Long.toString(owner)))
                .build();
        dokploy.start();
        return dokploy;
    }

    public Client client() {
        return dokploy.as(Actor.of("test"));
    }

    public Dokploy dokploy() {
        return dokploy;
    }

    /** Gives the database's own client these statements; returns what it writes. */
    public String run(String database, String statements) {
        try (var session = client().databases().client(database)) {
            try (var input = session.stdin()) {
                input.write(statements.getBytes(StandardCharsets.UTF_8));
            }
            var output = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
            int exit = session.awaitExit(PATIENCE);
            if (exit != 0) {
                throw new IllegalStateException("exit code " + exit + ": "
                        + new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (var database : client().databases().list()) {
                client().databases()
                        .delete(
                                database.name(),
                                (database.adopted() ? DeleteRequest.keepingVolumes() : DeleteRequest.withVolumes())
                                        .forced())
                        .await(PATIENCE);
            }
            client().maintenance().uninstall().await(PATIENCE);
        } finally {
            dokploy.close();
        }
    }
}
