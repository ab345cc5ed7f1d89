package io.dokploy.core.database;

import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.Login;

/**
 * A database that an operation works at.
 *
 * @param platform  what there is to work with
 * @param operation that works
 * @param database  as it was when the operation began
 * @param login     of its user
 * @param plugin    that knows its engine
 * @param context   for calls of the engine
 */
public record DatabaseJob(
        Platform platform,
        OperationContext operation,
        Database database,
        Login login,
        DatabaseProvisioner plugin,
        PluginContext context) {

    /** For people: {@code default/production/shop-db}. */
    public String subject() {
        return database.project() + "/" + database.environment() + "/" + database.name();
    }

    /** The image of a version. */
    public String image(String version) {
        return image(database.spec(), plugin, version);
    }

    static String image(DatabaseSpec spec, DatabaseProvisioner plugin, String version) {
        return spec.image().orElseGet(() -> plugin.image() + ":" + version);
    }

    /** How its container is made. */
    public Blueprint blueprint() {
        return plugin.blueprint(database.spec(), database.engineVersion(), login);
    }

    /** Its container in that place. */
    public DatabaseServer server(Placement placement) {
        return new DatabaseServer(placement, blueprint(), subject(), context, platform.pacing());
    }

    /** The container that serves. */
    public DatabaseServer serving() {
        return server(Placement.serving(platform.store().instance(), database, database.generation()));
    }

    /** Makes the network of its environment. @return its name */
    public String network() {
        return platform.deployer()
                .ensureNetwork(Placement.environment(platform.store().instance(), database), context);
    }

    /** Tells the user. */
    public void say(String line) {
        operation.progress().line(line);
    }
}
