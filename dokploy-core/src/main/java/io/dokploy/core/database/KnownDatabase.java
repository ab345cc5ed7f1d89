package io.dokploy.core.database;

import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.LoadsFaster;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.SpeaksTls;

/**
 * A database of the store with all that is known of it: who logs in, which plugin knows its engine, where it is.
 *
 * @param platform what there is to work with
 * @param database as the store has it
 * @param login    of its user
 * @param plugin   that knows its engine
 */
public record KnownDatabase(Platform platform, Database database, Login login, DatabaseProvisioner plugin) {

    /** That database, with the password of now. */
    public static KnownDatabase of(Platform platform, Database database) {
        return new KnownDatabase(
                platform,
                database,
                platform.connections().login(database),
                platform.plugins().database(database.engine()));
    }

    /** The same as if it were of another version. */
    KnownDatabase ofVersion(String engineVersion) {
        return with(database.spec(), engineVersion);
    }

    /** The same as if that generation served. */
    public KnownDatabase ofGeneration(int generation) {
        return with(database.spec(), database.engineVersion(), generation);
    }

    /** The same as if that were asked for. */
    KnownDatabase with(DatabaseSpec spec, String engineVersion) {
        return with(spec, engineVersion, database.generation());
    }

    private KnownDatabase with(DatabaseSpec spec, String engineVersion, int generation) {
        var other = new Database(
                database.id(),
                database.project(),
                database.environment(),
                spec,
                database.version(),
                engineVersion,
                generation,
                database.stopped(),
                database.created());
        return new KnownDatabase(platform, other, login, plugin);
    }

    /** For people: {@code default/production/shop-db}. */
    public String subject() {
        return subject(database);
    }

    /** The same of any. */
    public static String subject(Database database) {
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
        return blueprint(login);
    }

    Blueprint blueprint(Login asLogin) {
        var plain = plugin.blueprint(database.spec(), database.engineVersion(), asLogin);
        return database.spec()
                .tls()
                .map(tls -> Capability.of(SpeaksTls.class, this).withTls(plain, tls))
                .orElse(plain);
    }

    /** How a container is made that a dump is loaded into, if it is never to serve. */
    public static Blueprint forLoading(DatabaseProvisioner plugin, Blueprint serving) {
        return plugin instanceof LoadsFaster faster ? faster.forLoading(serving) : serving;
    }

    /** How it is reached in the network of its environment. */
    public DatabaseConnection connection() {
        return platform.connections().of(database);
    }

    /** Where it serves. */
    public Placement placement() {
        return Placement.serving(platform.store().instance(), database, database.generation());
    }

    /** Where the tools are that reach an adopted one, for that attempt at that work. */
    Placement companion(String work, int attempt) {
        return Placement.companion(platform.store().instance(), database, work, attempt);
    }

    /** Makes the network of its environment. @return its name */
    String network(PluginContext context) {
        var instance = platform.store().instance();
        return platform.deployer().ensureNetwork(Placement.environment(instance, database), context);
    }

    /** Its container in that place. */
    public DatabaseServer server(Placement place, PluginContext context) {
        return server(place, blueprint(), context);
    }

    /** Its container in that place, made in that way. */
    DatabaseServer server(Placement place, Blueprint blueprint, PluginContext context) {
        return new DatabaseServer(place, blueprint, subject(), context, platform.pacing());
    }

    /** A container in that place to load a dump into; it is made anew before it serves. */
    public DatabaseServer loading(Placement place, PluginContext context) {
        return server(place, forLoading(plugin, blueprint()), context);
    }
}
