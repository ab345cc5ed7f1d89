package io.dokploy.core.store;

import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.StaleVersionException;
import io.dokploy.api.value.Secret;
import io.dokploy.core.json.ValueJson;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Databases and their passwords. Thread-safe; every call is one transaction or joins the thread's. */
public final class DatabaseTable {

    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PASSWORD_LENGTH = 32;

    private final io.dokploy.core.store.Database database;
    private final ValueJson json;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random;

    DatabaseTable(io.dokploy.core.store.Database database, ValueJson json, Ids ids, Clock clock, SecureRandom random) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Keeps a new database, with the password of the spec or a generated one.
     *
     * @throws AlreadyExistsException if the environment has a database or an application of that name
     * @throws NotFoundException      if there is no such environment
     */
    public Database insert(String project, String environment, DatabaseSpec spec, String engineVersion) {
        // Kept apart, since it changes; what is read and updated then says nothing of it.
        var kept = spec.toBuilder().withoutPassword().build();
        var made = new Database(
                ids.newDatabaseId(), project, environment, kept, 1, engineVersion, 1, false, Sql.now(clock));
        var password = json.store(spec.password().orElseGet(this::newPassword));
        database.useTransaction(handle -> {
            requireFreeName(handle, made);
            insert(handle, made, password);
        });
        return made;
    }

    /** 32 random letters and digits. */
    public Secret newPassword() {
        var text = new StringBuilder(PASSWORD_LENGTH);
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            text.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return Secret.of(text.toString());
    }

    /** An application of that name would be reached under the same host name. */
    private static void requireFreeName(Handle handle, Database made) {
        handle.createQuery("SELECT name FROM dokploy_application"
                        + " WHERE project = :project AND environment = :environment AND name = :name")
                .bind("project", made.project())
                .bind("environment", made.environment())
                .bind("name", made.name())
                .mapTo(String.class)
                .findOne()
                .ifPresent(name -> {
                    throw taken(made, "an application");
                });
    }

    private void insert(Handle handle, Database made, String password) {
        try {
            handle.createUpdate("INSERT INTO dokploy_database (id, project, environment, name, spec_json,"
                            + " password_json, version, engine_version, generation, stopped, created) VALUES (:id,"
                            + " :project, :environment, :name, :spec, :password, 1, :engine, 1, FALSE, :created)")
                    .bind("id", made.id().value())
                    .bind("project", made.project())
                    .bind("environment", made.environment())
                    .bind("name", made.name())
                    .bind("spec", json.store(made.spec()))
                    .bind("password", password)
                    .bind("engine", made.engineVersion())
                    .bind("created", Sql.time(made.created()))
                    .execute();
        } catch (JdbiException e) {
            if (Sql.isDuplicate(e)) {
                throw taken(made, "a database");
            }
            if (Sql.isReference(e)) {
                throw new NotFoundException(
                        "environment " + made.project() + "/" + made.environment(),
                        "there is no such environment",
                        "Create it first.");
            }
            throw e;
        }
    }

    private static AlreadyExistsException taken(Database made, String what) {
        return new AlreadyExistsException(
                "database " + made.name(),
                "the environment " + made.project() + "/" + made.environment() + " has " + what + " of that name",
                "Choose another name.");
    }

    /** The database of that name. */
    public Optional<Database> find(String project, String environment, String name) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_database"
                        + " WHERE project = :project AND environment = :environment AND name = :name")
                .bind("project", project)
                .bind("environment", environment)
                .bind("name", name)
                .map((row, context) -> database(row))
                .findOne());
    }

    /** The database of that id. */
    public Optional<Database> find(DatabaseId id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_database WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> database(row))
                .findOne());
    }

    /** The databases of an environment, by name. */
    public List<Database> list(String project, String environment) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_database"
                        + " WHERE project = :project AND environment = :environment ORDER BY name")
                .bind("project", project)
                .bind("environment", environment)
                .map((row, context) -> database(row))
                .list());
    }

    /** The password of its user. */
    public Secret password(DatabaseId id) {
        return database.inTransaction(
                        handle -> handle.createQuery("SELECT password_json FROM dokploy_database WHERE id = :id")
                                .bind("id", id.value())
                                .mapTo(String.class)
                                .findOne())
                .map(document -> json.restore(document, Secret.class))
                .orElseThrow(() -> gone(id));
    }

    /** The password that a change has begun with and not ended, if there is one. */
    public Optional<Secret> nextPassword(DatabaseId id) {
        return database.inTransaction(
                        handle -> handle.createQuery("SELECT next_password_json FROM dokploy_database WHERE id = :id"
                                        + " AND next_password_json IS NOT NULL")
                                .bind("id", id.value())
                                .mapTo(String.class)
                                .findOne())
                .map(document -> json.restore(document, Secret.class));
    }

    /** Keeps the next password beside the one of now, before the engine hears of it; empty: there is none. */
    public Database setNextPassword(DatabaseId id, Optional<Secret> password) {
        var document = password.map(json::store);
        return change(
                id,
                handle -> handle.createUpdate("UPDATE dokploy_database SET next_password_json = :next WHERE id = :id")
                        .bind("next", document));
    }

    /** The next password is the one of now. */
    public Database adoptNextPassword(DatabaseId id) {
        return change(
                id,
                handle -> handle.createUpdate("UPDATE dokploy_database SET password_json = next_password_json,"
                        + " next_password_json = NULL WHERE id = :id AND next_password_json IS NOT NULL"));
    }

    /**
     * Replaces the spec.
     *
     * @param version of the database that the change was made from
     * @throws StaleVersionException if somebody changed it in between
     */
    public Database update(DatabaseId id, long version, DatabaseSpec spec) {
        var document = json.store(spec);
        return database.inTransaction(handle -> {
            requireVersion(id, version);
            return change(
                    id,
                    inner -> inner.createUpdate(
                                    "UPDATE dokploy_database SET spec_json = :spec, version = version + 1 WHERE id = :id")
                            .bind("spec", document));
        });
    }

    /** @throws StaleVersionException if that is not the newest */
    public void requireVersion(DatabaseId id, long version) {
        var newest = find(id).orElseThrow(() -> gone(id));
        if (newest.version() != version) {
            throw new StaleVersionException(
                    "database " + newest.name(),
                    "version " + version + " is not the newest, which is " + newest.version(),
                    "Read it again, apply the change to what you get, and update.");
        }
    }

    /** Says which generation serves, and of which version its engine is. */
    public Database setGeneration(DatabaseId id, int generation, String engineVersion) {
        return change(
                id,
                handle -> handle.createUpdate(
                                "UPDATE dokploy_database SET generation = :generation, engine_version = :engine WHERE id = :id")
                        .bind("generation", generation)
                        .bind("engine", engineVersion));
    }

    /** The same after an upgrade: a spec that names a version names this one then. */
    public Database setUpgraded(DatabaseId id, int generation, String engineVersion) {
        return database.inTransaction(handle -> {
            var upgraded = setGeneration(id, generation, engineVersion);
            return upgraded.spec().version().isPresent()
                    ? setSpec(
                            id,
                            upgraded.spec().toBuilder().version(engineVersion).build())
                    : upgraded;
        });
    }

    private Database setSpec(DatabaseId id, DatabaseSpec spec) {
        return change(
                id,
                handle -> handle.createUpdate(
                                "UPDATE dokploy_database SET spec_json = :spec, version = version + 1 WHERE id = :id")
                        .bind("spec", json.store(spec)));
    }

    /** Says whether it was stopped on purpose. */
    public Database setStopped(DatabaseId id, boolean stopped) {
        return change(
                id,
                handle -> handle.createUpdate("UPDATE dokploy_database SET stopped = :stopped WHERE id = :id")
                        .bind("stopped", stopped));
    }

    private Database change(
            DatabaseId id, java.util.function.Function<Handle, org.jdbi.v3.core.statement.Update> update) {
        return database.inTransaction(handle -> {
            update.apply(handle).bind("id", id.value()).execute();
            return find(id).orElseThrow(() -> gone(id));
        });
    }

    /** Forgets the database; does nothing if it is gone. Its backups stay in the catalogue. */
    public void delete(DatabaseId id) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_database WHERE id = :id")
                .bind("id", id.value())
                .execute());
    }

    private static NotFoundException gone(DatabaseId id) {
        return new NotFoundException(
                "database " + id, "there is no such database", "It was deleted; ask for the list.");
    }

    private Database database(ResultSet row) throws SQLException {
        return new Database(
                new DatabaseId(row.getString("id")),
                row.getString("project"),
                row.getString("environment"),
                json.restore(row.getString("spec_json"), DatabaseSpec.class),
                row.getLong("version"),
                row.getString("engine_version"),
                row.getInt("generation"),
                row.getBoolean("stopped"),
                Sql.time(row, "created"));
    }
}
