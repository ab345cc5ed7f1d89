package io.dokploy.api;

import io.dokploy.api.database.AdoptedDatabase;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.ExportedDump;
import io.dokploy.api.database.StatementResult;
import io.dokploy.api.value.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The databases of one environment. Thread-safe. Everything that takes time returns an {@link Operation}; one at a time
 * runs for each database.
 */
@Experimental
public interface Databases {

    /**
     * Keeps a new database and provisions it: image, volume, network, container. Done when its engine says that it is
     * ready. If that fails nothing is left behind, also in the store.
     *
     * @throws io.dokploy.api.error.AlreadyExistsException if the environment has a database or application of that name
     * @throws io.dokploy.api.error.PluginMissingException if nobody knows its engine
     * @throws io.dokploy.api.error.InvalidSpecException   with all that the engine's plugin does not like
     */
    Operation<Database> create(DatabaseSpec spec);

    /**
     * Registers a database that somebody else runs. Done when its server has answered the engine's own client, from the
     * network of the environment; if it does not, nothing is kept. From then on it is connected, looked into by {@link
     * #run}, {@link #client} and {@link #exportDump}, backed up and proven as any other. What would change the server is
     * refused with the code {@code adopted-database}; {@link #delete} only forgets it.
     *
     * @throws io.dokploy.api.error.AlreadyExistsException if the environment has a database or application of that name
     * @throws io.dokploy.api.error.NotFoundException      if there is no such container
     * @throws io.dokploy.api.error.UserErrorException     with code {@code not-supported} if its engine's plugin cannot
     */
    Operation<Database> adopt(AdoptedDatabase adopted);

    /**
     * Tells the password that the login of an adopted database has by now, and restarts the applications {@linkplain
     * #usedBy that refer to it}. The server is asked first; if it does not accept the password, all stays as it was.
     *
     * @throws io.dokploy.api.error.UserErrorException if the database is not an adopted one
     */
    Operation<Database> usePassword(String name, Secret password);

    /** The database of that name, or {@link io.dokploy.api.error.NotFoundException}. */
    Database get(String name);

    /** The database of that name, if there is one. */
    Optional<Database> find(String name);

    /** All, by name. */
    List<Database> list();

    /** How applications of the same environment reach it. */
    DatabaseConnection connection(String name);

    /** How it is reached from outside; empty if it is not published. */
    Optional<DatabaseConnection> externalConnection(String name);

    /** Whether it runs and says that it is ready. An adopted one is asked over the network, which takes some seconds. */
    boolean isReady(String name);

    /**
     * The names of the applications that refer to it in their variables, {@code ${{database.NAME.url}}}: in their live
     * release, or in what would be deployed now.
     */
    List<String> usedBy(String name);

    /** As {@link #changePassword(String, Secret)}, with 32 random letters and digits. */
    Operation<Database> changePassword(String name);

    /**
     * Gives its user another password, and restarts the applications {@linkplain #usedBy that refer to it}: the operation's
     * output says first which. Done when they serve with it. Once it has begun it is brought to an end, also after a
     * crash; whoever still has the former password is not let in any more.
     *
     * @param password at least 12 characters
     * @throws io.dokploy.api.error.NotRunningException if it is stopped
     */
    Operation<Database> changePassword(String name, Secret password);

    /**
     * Changes it: resources, parameters, published port, logs, labels, how long it may take. What needs another container
     * gets one on the same volume, and the output says what that is; nobody reaches the database meanwhile. If the new one
     * does not get ready the former one is back, and the spec is as it was. One that is stopped stays so.
     *
     * @param version of the database that the change was made from
     * @throws io.dokploy.api.error.StaleVersionException if somebody changed it in between
     * @throws io.dokploy.api.error.InvalidSpecException  for what cannot change: name, engine, user, database, password
     */
    Operation<Database> update(String name, long version, DatabaseSpec spec);

    /**
     * Changes the name that people see. Its own name is its host name and stands in the variables of applications, so it
     * cannot change: restore a backup into a database of another name for that.
     */
    Database rename(String name, String displayName);

    /** Stops and starts it. */
    Operation<Void> restart(String name);

    /** What is inside: databases, users, extensions. */
    DatabaseAdministration administration(String name);

    /**
     * Gives statements to the engine's own client, logged in, which stops at the first mistake.
     *
     * @param timeout after which the client is given up
     * @throws io.dokploy.api.error.DeadlineException if it takes longer
     */
    StatementResult run(String name, String statements, Duration timeout);

    /**
     * Writes a dump as the engine's own tools and {@code importDump} read it, while the database serves. In constant
     * memory, on the caller's thread; the stream is flushed and not closed. What was written before an error is no dump.
     */
    ExportedDump exportDump(String name, OutputStream target) throws IOException;

    /** The same of a further database of its server. @param database its name, which may be anything */
    ExportedDump exportDump(String name, String database, OutputStream target) throws IOException;

    /** Stops it and keeps its data. */
    Operation<Void> stop(String name);

    /** Starts it again; done when it is ready. */
    Operation<Void> start(String name);

    /**
     * Moves it to a later version whose server cannot open the present data: by dump and restore into a new volume, which
     * is compared before it takes over. Nobody reaches the database meanwhile, so no write is lost. If it fails the former
     * version serves as before; if it succeeds the former volume is kept until the next restore or upgrade.
     *
     * @param version the tag of the engine's image: {@code 17}
     * @throws io.dokploy.api.error.InvalidSpecException if its plugin does not know that version
     * @throws io.dokploy.api.error.UserErrorException   with code {@code version-change-refused} for an earlier version,
     *                                                   and for one that opens the present data
     */
    Operation<Database> upgrade(String name, String version);

    /**
     * Removes it: the container always, its data if asked for. What is kept is a volume that {@code create} with the
     * same name does not take up again. An adopted one is only forgotten; its backups stay.
     *
     * @throws io.dokploy.api.error.InUseException if applications refer to it, unless {@linkplain DeleteRequest#forced
     *                                             forced}
     */
    Operation<Void> delete(String name, DeleteRequest request);

    /** What it says. */
    LogStream logs(String name, LogQuery query);

    /** Opens the engine's own client inside, logged in: {@code psql}, {@code redis-cli}. What is written to it is run. */
    ExecSession client(String name);
}
