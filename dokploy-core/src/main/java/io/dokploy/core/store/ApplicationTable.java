package io.dokploy.core.store;

import io.dokploy.api.Application;
import io.dokploy.api.ApplicationId;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.StaleVersionException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.core.json.ValueJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Applications, and which domains they have. Thread-safe; every call is one transaction or joins the thread's. */
public final class ApplicationTable {

    private final Database database;
    private final ValueJson json;
    private final Ids ids;
    private final Clock clock;
    private final DomainClaims claims = new DomainClaims();

    ApplicationTable(Database database, ValueJson json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Keeps a new application.
     *
     * @throws AlreadyExistsException                     if the environment has one of that name
     * @throws NotFoundException                          if there is no such environment
     * @throws io.dokploy.api.error.DomainTakenException if another application has one of its domains
     */
    public Application insert(String project, String environment, ApplicationSpec spec) {
        var application = new Application(
                ids.newApplicationId(), project, environment, spec, 1, Optional.empty(), false, Sql.now(clock));
        String document = json.store(spec);
        database.useTransaction(handle -> {
            requireNoDatabase(handle, application);
            insert(handle, application, document);
            claims.claim(handle, application);
        });
        return application;
    }

    /** The application of that name. */
    public Optional<Application> find(String project, String environment, String name) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_application"
                        + " WHERE project = :project AND environment = :environment AND name = :name")
                .bind("project", project)
                .bind("environment", environment)
                .bind("name", name)
                .map((row, context) -> application(row))
                .findOne());
    }

    /** The application of that id. */
    public Optional<Application> find(ApplicationId id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_application WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> application(row))
                .findOne());
    }

    /** The applications of an environment, by name. */
    public List<Application> list(String project, String environment) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_application"
                        + " WHERE project = :project AND environment = :environment ORDER BY name")
                .bind("project", project)
                .bind("environment", environment)
                .map((row, context) -> application(row))
                .list());
    }

    /** All applications, the oldest first. */
    public List<Application> all() {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_application ORDER BY id")
                .map((row, context) -> application(row))
                .list());
    }

    /**
     * Replaces the spec.
     *
     * @param version of the application that the change was made from
     * @throws StaleVersionException                      if somebody changed it in between
     * @throws NotFoundException                          if it is gone
     * @throws io.dokploy.api.error.DomainTakenException if another application has one of its domains
     */
    public Application update(ApplicationId id, long version, ApplicationSpec spec) {
        String document = json.store(spec);
        return database.inTransaction(handle -> {
            int changed = handle.createUpdate("UPDATE dokploy_application SET spec_json = :spec, version = version + 1"
                            + " WHERE id = :id AND version = :version")
                    .bind("spec", document)
                    .bind("id", id.value())
                    .bind("version", version)
                    .execute();
            Application application = get(id);
            if (changed == 0) {
                throw new StaleVersionException(
                        "application " + application.name(),
                        "version " + version + " is not the newest, which is " + application.version(),
                        "Read it again, apply the change to what you get, and update.");
            }
            claims.claim(handle, application);
            return application;
        });
    }

    /** Takes the application over: whoever had it before is fenced off. */
    public long raiseEpoch(ApplicationId id) {
        return database.inTransaction(handle -> {
            change(handle, id, "epoch = epoch + 1");
            return number(handle, id, "epoch");
        });
    }

    /**
     * Takes the application over unless an operation of its own runs or waits; one that is submitted at the same moment
     * takes it over afterwards.
     */
    public OptionalLong raiseEpochIfIdle(ApplicationId id) {
        return database.inTransaction(handle -> {
            handle.createQuery("SELECT epoch FROM dokploy_application WHERE id = :id FOR UPDATE")
                    .bind("id", id.value())
                    .mapTo(Long.class)
                    .findOne();
            boolean busy = handle.createQuery("SELECT 1 FROM dokploy_operation WHERE lane = :id"
                            + " AND state IN ('QUEUED', 'RUNNING') FETCH FIRST 1 ROWS ONLY")
                    .bind("id", id.value())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (busy) {
                return OptionalLong.empty();
            }
            change(handle, id, "epoch = epoch + 1");
            return OptionalLong.of(number(handle, id, "epoch"));
        });
    }

    /**
     * Checks that nobody has taken the application over.
     *
     * @throws FencedException if somebody has
     */
    public void checkEpoch(ApplicationId id, long epoch) {
        database.useTransaction(handle -> {
            if (number(handle, id, "epoch") != epoch) {
                throw fenced(id);
            }
        });
    }

    /** Says which release serves. */
    public void setLive(ApplicationId id, long epoch, Optional<ReleaseId> release) {
        database.useTransaction(handle -> {
            int changed = handle.createUpdate(
                            "UPDATE dokploy_application SET live_release = :release WHERE id = :id AND epoch = :epoch")
                    .bind("release", release.map(ReleaseId::value))
                    .bind("id", id.value())
                    .bind("epoch", epoch)
                    .execute();
            requireOne(changed, id);
        });
    }

    /** Says whether it was stopped on purpose. */
    public void setStopped(ApplicationId id, long epoch, boolean stopped) {
        database.useTransaction(handle -> {
            int changed = handle.createUpdate(
                            "UPDATE dokploy_application SET stopped = :stopped WHERE id = :id AND epoch = :epoch")
                    .bind("stopped", stopped)
                    .bind("id", id.value())
                    .bind("epoch", epoch)
                    .execute();
            requireOne(changed, id);
        });
    }

    /** The number of the next publication of its routes, from 1. */
    public long nextRouteRevision(ApplicationId id) {
        return database.inTransaction(handle -> {
            change(handle, id, "route_revision = route_revision + 1");
            return number(handle, id, "route_revision");
        });
    }

    /** Forgets the application with its domains and releases; does nothing if it is gone. */
    public void delete(ApplicationId id) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_application WHERE id = :id")
                .bind("id", id.value())
                .execute());
    }

    /** It would be reached under the same host name. */
    private static void requireNoDatabase(Handle handle, Application application) {
        boolean taken = handle.createQuery("SELECT COUNT(*) FROM dokploy_database"
                                + " WHERE project = :project AND environment = :environment AND name = :name")
                        .bind("project", application.project())
                        .bind("environment", application.environment())
                        .bind("name", application.name())
                        .mapTo(int.class)
                        .one()
                > 0;
        if (taken) {
            throw new AlreadyExistsException(
                    "application " + application.name(),
                    "the environment " + application.project() + "/" + application.environment()
                            + " has a database of that name",
                    "Choose another name.");
        }
    }

    private void insert(Handle handle, Application application, String document) {
        try {
            handle.createUpdate("INSERT INTO dokploy_application (id, project, environment, name, spec_json, version,"
                            + " epoch, route_revision, stopped, created)"
                            + " VALUES (:id, :project, :environment, :name, :spec, 1, 0, 0, FALSE, :created)")
                    .bind("id", application.id().value())
                    .bind("project", application.project())
                    .bind("environment", application.environment())
                    .bind("name", application.name())
                    .bind("spec", document)
                    .bind("created", Sql.time(application.created()))
                    .execute();
        } catch (JdbiException e) {
            String place = application.project() + "/" + application.environment();
            if (Sql.isDuplicate(e)) {
                throw new AlreadyExistsException(
                        "application " + application.name(),
                        "the environment " + place + " has one of that name",
                        "Choose another name, or update the one that exists.");
            }
            if (Sql.isReference(e)) {
                throw new NotFoundException("environment " + place, "there is no such environment", "Create it first.");
            }
            throw e;
        }
    }

    private Application get(ApplicationId id) {
        return find(id).orElseThrow(() -> gone(id));
    }

    private static void change(Handle handle, ApplicationId id, String assignment) {
        int changed = handle.createUpdate("UPDATE dokploy_application SET " + assignment + " WHERE id = :id")
                .bind("id", id.value())
                .execute();
        if (changed == 0) {
            throw gone(id);
        }
    }

    private static long number(Handle handle, ApplicationId id, String column) {
        return handle.createQuery("SELECT " + column + " FROM dokploy_application WHERE id = :id")
                .bind("id", id.value())
                .mapTo(long.class)
                .findOne()
                .orElseThrow(() -> gone(id));
    }

    private void requireOne(int changed, ApplicationId id) {
        if (changed == 0) {
            get(id);
            throw fenced(id);
        }
    }

    private static FencedException fenced(ApplicationId id) {
        return new FencedException(
                "application " + id,
                "another process has taken it over",
                "Nothing to do: the other process goes on with it.");
    }

    private static NotFoundException gone(ApplicationId id) {
        return new NotFoundException(
                "application " + id, "there is no such application", "It was deleted; ask for the list.");
    }

    private Application application(ResultSet row) throws SQLException {
        return new Application(
                new ApplicationId(row.getString("id")),
                row.getString("project"),
                row.getString("environment"),
                json.restore(row.getString("spec_json"), ApplicationSpec.class),
                row.getLong("version"),
                Optional.ofNullable(row.getString("live_release")).map(ReleaseId::new),
                row.getBoolean("stopped"),
                Sql.time(row, "created"));
    }
}
