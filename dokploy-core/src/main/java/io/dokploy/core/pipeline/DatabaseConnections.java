package io.dokploy.core.pipeline;

import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.core.plugin.PluginRegistry;
import io.dokploy.core.store.StoreAccess;
import io.dokploy.core.variables.DatabaseValues;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.Login;
import java.util.Optional;

/**
 * How databases are reached in the networks of their environments, as they are now.
 *
 * @param store   knows databases and passwords
 * @param plugins know engines
 */
public record DatabaseConnections(StoreAccess store, PluginRegistry plugins) {

    /** The login of its user, with the address of a server that was adopted. */
    public Login login(Database database) {
        var spec = database.spec();
        var login = new Login(spec.user(), store.databases().password(database.id()), spec.database());
        return spec.adopted()
                .map(address -> login.at(address.host(), address.port()))
                .orElse(login);
    }

    /** How applications reach it. */
    public DatabaseConnection of(Database database) {
        return of(database, login(database));
    }

    /** How somebody reaches it who logs in like that. */
    public DatabaseConnection of(Database database, Login login) {
        DatabaseProvisioner plugin = plugins.database(database.engine());
        var adopted = database.spec().adopted();
        if (adopted.isPresent()) {
            return plugin.connection(login, adopted.get().host(), adopted.get().port());
        }
        int port = plugin.blueprint(database.spec(), database.engineVersion(), login)
                .port();
        return plugin.connection(login, database.name(), port);
    }

    /** The values that variables of that environment may refer to. */
    DatabaseValues values(String project, String environment) {
        return new DatabaseValues(name -> find(project, environment, name));
    }

    /** The connection of a database, if there is one of that name. */
    Optional<DatabaseConnection> find(String project, String environment, String name) {
        return store.databases().find(project, environment, name).map(this::of);
    }
}
