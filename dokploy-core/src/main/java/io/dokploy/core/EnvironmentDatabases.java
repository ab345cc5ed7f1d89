package io.dokploy.core;

import io.dokploy.api.Application;
import io.dokploy.api.DatabaseAdministration;
import io.dokploy.api.Databases;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.Operation;
import io.dokploy.api.database.AdoptedDatabase;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.ExportedDump;
import io.dokploy.api.database.StatementResult;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.Administration;
import io.dokploy.core.database.Adoption;
import io.dokploy.core.database.Capability;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.database.DatabaseView;
import io.dokploy.core.database.SpecChange;
import io.dokploy.core.database.SpecCheck;
import io.dokploy.core.database.VersionChange;
import io.dokploy.core.pipeline.DatabaseUse;
import io.dokploy.spi.database.AdoptsServers;
import io.dokploy.spi.database.SeededBeforeStart;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The databases of one environment, for one actor. */
final class EnvironmentDatabases extends EnvironmentPart implements Databases {

    private static final Duration DEADLINE = Duration.ofHours(1);
    /** For what takes longer the more data there is. */
    private static final Duration LONG_DEADLINE = Duration.ofHours(24);

    EnvironmentDatabases(ActorClient client, String project, String environment) {
        super(client, project, environment);
    }

    @Override
    public Operation<Database> create(DatabaseSpec spec) {
        require("create", spec.name());
        var plugin = running.platform().plugins().database(spec.engine().plugin());
        var version = spec.version().orElseGet(plugin::defaultVersion);
        SpecCheck.check(spec, plugin, version, now());
        return running.store().inTransaction(() -> {
            var made = running.store().databases().insert(project, environment, spec, version);
            return submit(made, DatabaseHandlers.CREATE, DatabaseHandlers.arguments(made), Database.class);
        });
    }

    @Override
    public Operation<Database> adopt(AdoptedDatabase adopted) {
        var name = adopted.spec().name();
        require("adopt", name);
        var platform = running.platform();
        var plugin = Capability.of(
                AdoptsServers.class,
                platform.plugins().database(adopted.spec().engine().plugin()),
                "database " + subject(name));
        var version = adopted.spec().version().orElseGet(plugin::defaultVersion);
        plugin.check(adopted.spec(), version);
        var spec = adopted.at(Adoption.find(platform, adopted.server(), plugin.port(), "database " + subject(name)));
        return running.store().inTransaction(() -> {
            var made = running.store().databases().insert(project, environment, spec, version);
            return submit(made, DatabaseHandlers.ADOPT, DatabaseHandlers.arguments(made), Database.class);
        });
    }

    @Override
    public Operation<Database> usePassword(String name, Secret password) {
        require("change-password", name);
        var problems = Problems.of("database \"" + name + "\"");
        DatabaseSpec.checkForeignPassword(problems, password);
        problems.throwIfAny();
        var database = database(name);
        Adoption.requireAdopted(database);
        return submit(
                database,
                DatabaseHandlers.USE_PASSWORD,
                DatabaseHandlers.arguments(database).put(DatabaseHandlers.PASSWORD, password),
                Database.class);
    }

    @Override
    public Database get(String name) {
        require("read", name);
        return database(name);
    }

    @Override
    public Optional<Database> find(String name) {
        require("read", name);
        return running.store().databases().find(project, environment, name);
    }

    @Override
    public List<Database> list() {
        require("read", "");
        return running.store().databases().list(project, environment);
    }

    @Override
    public DatabaseConnection connection(String name) {
        require("connect", name);
        return view(name).connection();
    }

    @Override
    public Optional<DatabaseConnection> externalConnection(String name) {
        require("connect", name);
        return view(name).externalConnection();
    }

    @Override
    public boolean isReady(String name) {
        require("read", name);
        return view(name).isReady();
    }

    @Override
    public List<String> usedBy(String name) {
        require("read", name);
        return new DatabaseUse(running.platform())
                .of(database(name)).stream().map(Application::name).toList();
    }

    @Override
    public Operation<Database> changePassword(String name) {
        return changePassword(name, running.store().databases().newPassword());
    }

    @Override
    public Operation<Database> changePassword(String name, Secret password) {
        require("change-password", name);
        var problems = Problems.of("database \"" + name + "\"");
        DatabaseSpec.checkPassword(problems, password);
        problems.throwIfAny();
        var database = ours(name, "Change it on its server, and tell it with usePassword.");
        return submit(
                database,
                DatabaseHandlers.CHANGE_PASSWORD,
                DatabaseHandlers.arguments(database).put(DatabaseHandlers.PASSWORD, password),
                Database.class);
    }

    @Override
    public Operation<Database> update(String name, long version, DatabaseSpec spec) {
        require("update", name);
        var database = changeable(name, version, spec);
        return submit(
                database,
                DatabaseHandlers.UPDATE,
                DatabaseHandlers.arguments(database)
                        .put(DatabaseHandlers.FROM_VERSION, version)
                        .put(DatabaseHandlers.SPEC, running.store().json().store(spec)),
                Database.class);
    }

    @Override
    public Database rename(String name, String displayName) {
        require("update", name);
        var database = database(name);
        var spec = database.spec().toBuilder().displayName(displayName).build();
        return running.store().databases().update(database.id(), database.version(), spec);
    }

    private Database changeable(String name, long version, DatabaseSpec spec) {
        var database =
                ours(name, "Use rename for the name that people see; for another address, delete and adopt it again.");
        running.store().databases().requireVersion(database.id(), version);
        var plugin = running.platform().plugins().database(database.engine());
        SpecChange.requirePossible(database, plugin, spec);
        SpecCheck.checkChange(database.spec(), spec, plugin, spec.version().orElse(database.engineVersion()), now());
        return database;
    }

    private Instant now() {
        return running.platform().pacing().clock().instant();
    }

    @Override
    public Operation<Void> restart(String name) {
        return submit("restart", name, DatabaseHandlers.RESTART);
    }

    @Override
    public DatabaseAdministration administration(String name) {
        require("administer", name);
        return new Administration(
                running.platform(), ours(name, "Give its own client the statements, by run or client."));
    }

    @Override
    public StatementResult run(String name, String statements, Duration timeout) {
        require("exec", name);
        return view(name).run(statements, timeout);
    }

    @Override
    public ExportedDump exportDump(String name, OutputStream target) throws IOException {
        require("export", name);
        return view(name).exportDump(Optional.empty(), target);
    }

    @Override
    public ExportedDump exportDump(String name, String database, OutputStream target) throws IOException {
        require("export", name);
        return view(name).exportDump(Optional.of(database), target);
    }

    @Override
    public Operation<Void> stop(String name) {
        return submit("stop", name, DatabaseHandlers.STOP);
    }

    @Override
    public Operation<Void> start(String name) {
        return submit("start", name, DatabaseHandlers.START);
    }

    @Override
    public Operation<Database> upgrade(String name, String version) {
        require("upgrade", name);
        var database = ours(name, "Restore a backup of it into a new database, by restoreAsNew.");
        var plugin = running.platform().plugins().database(database.engine());
        plugin.check(database.spec(), version);
        VersionChange.of(plugin, database.engineVersion(), version).requireUpgrade(subject(name));
        Problems.of("database " + subject(name))
                .require(
                        database.spec().image().isEmpty(),
                        "image",
                        "it runs an image of its own, whose versions are not known: restore a backup into a new database")
                .require(
                        !(plugin instanceof SeededBeforeStart),
                        "engine",
                        "it reads dumps only when it starts: restore a backup into a new database")
                .throwIfAny();
        return submit(
                DatabaseHandlers.UPGRADE,
                database.id().value(),
                subject(name),
                DatabaseHandlers.arguments(database).put(DatabaseHandlers.VERSION, version),
                Database.class,
                LONG_DEADLINE);
    }

    @Override
    public Operation<Void> delete(String name, DeleteRequest request) {
        require("delete", name);
        var database = request.volumes()
                ? ours(
                        name,
                        "Delete it with DeleteRequest.keepingVolumes(), which forgets it and leaves its server alone.")
                : database(name);
        DatabaseHandlers.requireUnused(running.platform(), database, request.force());
        return submit(
                database,
                DatabaseHandlers.DELETE,
                DatabaseHandlers.arguments(database)
                        .put(DatabaseHandlers.VOLUMES, request.volumes())
                        .put(DatabaseHandlers.FORCE, request.force()),
                Void.class);
    }

    @Override
    public LogStream logs(String name, LogQuery query) {
        require("logs", name);
        return new DatabaseView(running.platform(), ours(name, "Look at the log where its server runs.")).logs(query);
    }

    @Override
    public ExecSession client(String name) {
        require("exec", name);
        return view(name).client();
    }

    private DatabaseView view(String name) {
        return new DatabaseView(running.platform(), database(name));
    }

    private Operation<Void> submit(String action, String name, String kind) {
        require(action, name);
        var database = ours(name, "Do it where its server runs.");
        return submit(database, kind, DatabaseHandlers.arguments(database), Void.class);
    }

    private <T> Operation<T> submit(Database database, String kind, Tree.BranchBuilder arguments, Class<T> result) {
        return submit(kind, database.id().value(), subject(database.name()), arguments, result, DEADLINE);
    }

    private void require(String action, String name) {
        client.require("database." + action, subject(name));
    }
}
