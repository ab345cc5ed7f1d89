package io.dokploy.core.database;

import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.EngineCommand;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.database.ReadsDumps;

/**
 * A database that an operation works at.
 *
 * @param operation that works
 * @param known     the database as it was when the operation began
 * @param context   for calls of the engine
 */
public record DatabaseJob(OperationContext operation, KnownDatabase known, PluginContext context) {

    /** What there is to work with. */
    public Platform platform() {
        return known.platform();
    }

    /** As it was when the operation began. */
    public Database database() {
        return known.database();
    }

    /** Of its user. */
    public Login login() {
        return known.login();
    }

    /** Knows its engine. */
    public DatabaseProvisioner plugin() {
        return known.plugin();
    }

    /** For people: {@code default/production/shop-db}. */
    public String subject() {
        return known.subject();
    }

    /** The same job with another context, which a cancellation of the operation does not reach: for undoing it. */
    public DatabaseJob within(PluginContext otherContext) {
        return new DatabaseJob(operation, known, otherContext);
    }

    /** The same job with its database in another version. */
    DatabaseJob ofVersion(String engineVersion) {
        return new DatabaseJob(operation, known.ofVersion(engineVersion), context);
    }

    /** The image of a version. */
    public String image(String version) {
        return known.image(version);
    }

    /** How its container is made. */
    public Blueprint blueprint() {
        return known.blueprint();
    }

    /** Its container in that place. */
    public DatabaseServer server(Placement placement) {
        return known.server(placement, context);
    }

    /** A container in that place to load a dump into; it is made anew before it serves. */
    public DatabaseServer loading(Placement placement) {
        return known.loading(placement, context);
    }

    /** The container that serves; of an adopted database, the companion from which it is reached. */
    public DatabaseServer serving() {
        return server(database().adopted() ? known.companion(work(), operation.attempt()) : known.placement());
    }

    /** What its engine's tools need to be {@linkplain #serving there}, for this attempt at the operation. */
    Tools tools() {
        return tools(known);
    }

    /** Those for the same database, known in another way. */
    Tools tools(KnownDatabase other) {
        return Tools.of(other, work(), operation.attempt(), context);
    }

    private String work() {
        return operation.record().id().value();
    }

    /** Makes the network of its environment. @return its name */
    public String network() {
        return known.network(context);
    }

    /**
     * Makes a container to be filled. What the scripts of the first start made is in the data.
     *
     * @return as which it was made
     */
    public DatabaseSpec provision(DatabaseServer aside) {
        var spec = database().spec().toBuilder().withoutInitScripts().build();
        aside.create(spec, image(database().engineVersion()), network());
        return spec;
    }

    /**
     * What reads a dump that somebody else has made.
     *
     * @param beginning its first bytes
     * @param described where it lies, and what is seen of it
     * @throws UserErrorException if its engine does not read such
     */
    public EngineCommand readDump(byte[] beginning, String described) {
        return Capability.of(ReadsDumps.class, known)
                .readDump(beginning, database().engineVersion(), login())
                .orElseThrow(() -> new UserErrorException(Failure.user(
                        "wrong-dump",
                        subject(),
                        "what lies there is no dump that " + database().engine() + " reads: " + described,
                        "Choose a dump that this engine's own tools have made; it may be packed with gzip or zstd, but"
                                + " not encrypted.")));
    }

    /** Tells the user. */
    public void say(String line) {
        operation.progress().line(line);
    }
}
