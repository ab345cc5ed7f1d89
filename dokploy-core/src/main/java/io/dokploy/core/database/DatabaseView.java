package io.dokploy.core.database;

import io.dokploy.api.ExecSession;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.Login;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Answers questions about a database and changes nothing. */
public final class DatabaseView {

    private final Platform platform;
    private final Database database;
    private final DatabaseProvisioner plugin;
    private final Login login;

    /** Asks about that database as it is now. */
    public DatabaseView(Platform platform, Database database) {
        this.platform = platform;
        this.database = database;
        this.plugin = platform.plugins().database(database.engine());
        this.login = new Login(
                database.spec().user(),
                platform.store().databases().password(database.id()),
                database.spec().database());
    }

    /** From inside the network. */
    public DatabaseConnection connection() {
        return plugin.connection(
                login,
                database.name(),
                plugin.blueprint(database.spec(), database.engineVersion(), login)
                        .port());
    }

    /** From outside, if it is published. */
    public Optional<DatabaseConnection> externalConnection() {
        return database.spec()
                .published()
                .map(published -> plugin.connection(
                        login,
                        published.address().equals("0.0.0.0") ? "127.0.0.1" : published.address(),
                        published.port()));
    }

    /** Whether it runs and can be used. */
    public boolean isReady() {
        try (var context = platform.contexts().quiet()) {
            return new DatabaseServer(
                            placement(),
                            plugin.blueprint(database.spec(), database.engineVersion(), login),
                            database.name(),
                            context,
                            platform.pacing())
                    .isReady();
        } catch (ContainerExitedException e) {
            return false;
        }
    }

    /** What it says. */
    public LogStream logs(LogQuery query) {
        return platform.engine().logs(placement().container(), query.since(), query.tail(), query.follow());
    }

    /** Its engine's client, logged in. */
    public ExecSession client() {
        var command = plugin.client(login);
        var environment = new LinkedHashMap<String, String>();
        command.environment().forEach((name, value) -> environment.put(name, value.reveal()));
        return platform.engine()
                .exec(
                        placement().container(),
                        io.dokploy.api.ExecRequest.of(command.arguments().toArray(String[]::new))
                                .environment(environment)
                                .withStdin());
    }

    private Placement placement() {
        return Placement.serving(platform.store().instance(), database, database.generation());
    }
}
