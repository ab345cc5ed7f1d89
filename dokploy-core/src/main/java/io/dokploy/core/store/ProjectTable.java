package io.dokploy.core.store;

import io.dokploy.api.Environment;
import io.dokploy.api.Project;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.StaleVersionException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.core.json.ValueJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Projects, their environments and the variables of both. Thread-safe. */
public final class ProjectTable {

    private final Database database;
    private final ValueJson json;

    ProjectTable(Database database, ValueJson json) {
        this.database = database;
        this.json = json;
    }

    /** Makes a project with the environment {@code production}. */
    public Project create(String name) {
        var project = new Project(name, Map.of(), 1);
        database.useTransaction(handle -> {
            insert(
                    handle,
                    "project " + name,
                    "INSERT INTO dokploy_project (name, variables_json, version)" + " VALUES (:name, '{}', 1)",
                    Map.of("name", name));
            insertEnvironment(handle, name, Environment.DEFAULT);
        });
        return project;
    }

    /** The project of that name, or {@link NotFoundException}. */
    public Project get(String name) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_project WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> project(row))
                .findOne()
                .orElseThrow(() -> missing("project " + name)));
    }

    /** All, by name. */
    public List<Project> list() {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_project ORDER BY name")
                .map((row, context) -> project(row))
                .list());
    }

    /** Replaces the variables of a project. */
    public Project setVariables(String project, long version, Map<String, ? extends EnvironmentValue> variables) {
        String document = json.store(variables);
        return database.inTransaction(handle -> {
            int changed = handle.createUpdate("UPDATE dokploy_project SET variables_json = :variables,"
                            + " version = version + 1 WHERE name = :name AND version = :version")
                    .bind("variables", document)
                    .bind("name", project)
                    .bind("version", version)
                    .execute();
            Project now = get(project);
            requireNewest(changed, "project " + project, version, now.version());
            return now;
        });
    }

    /** Makes an environment. */
    public Environment createEnvironment(String project, String name) {
        var environment = new Environment(project, name, Map.of(), 1);
        database.useTransaction(handle -> {
            get(project);
            insertEnvironment(handle, project, name);
        });
        return environment;
    }

    /** The environment of that name, or {@link NotFoundException}. */
    public Environment environment(String project, String name) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM dokploy_environment WHERE project = :project AND name = :name")
                .bind("project", project)
                .bind("name", name)
                .map((row, context) -> environment(row))
                .findOne()
                .orElseThrow(() -> missing("environment " + project + "/" + name)));
    }

    /** The environments of a project, by name. */
    public List<Environment> environments(String project) {
        return database.inTransaction(handle -> {
            get(project);
            return handle.createQuery("SELECT * FROM dokploy_environment WHERE project = :project ORDER BY name")
                    .bind("project", project)
                    .map((row, context) -> environment(row))
                    .list();
        });
    }

    /** Replaces the variables of an environment. */
    public Environment setVariables(
            String project, String name, long version, Map<String, ? extends EnvironmentValue> variables) {
        String document = json.store(variables);
        return database.inTransaction(handle -> {
            int changed = handle.createUpdate("UPDATE dokploy_environment SET variables_json = :variables,"
                            + " version = version + 1"
                            + " WHERE project = :project AND name = :name AND version = :version")
                    .bind("variables", document)
                    .bind("project", project)
                    .bind("name", name)
                    .bind("version", version)
                    .execute();
            Environment now = environment(project, name);
            requireNewest(changed, "environment " + project + "/" + name, version, now.version());
            return now;
        });
    }

    /** Forgets an environment without applications. */
    public void deleteEnvironment(String project, String name) {
        database.useTransaction(handle -> {
            environment(project, name);
            delete(
                    handle,
                    "environment " + project + "/" + name,
                    "DELETE FROM dokploy_environment WHERE project = :project AND name = :name",
                    Map.of("project", project, "name", name));
        });
    }

    /** Forgets a project without applications. */
    public void delete(String name) {
        database.useTransaction(handle -> {
            get(name);
            String subject = "project " + name;
            delete(handle, subject, "DELETE FROM dokploy_environment WHERE project = :name", Map.of("name", name));
            delete(handle, subject, "DELETE FROM dokploy_project WHERE name = :name", Map.of("name", name));
        });
    }

    private static void insertEnvironment(Handle handle, String project, String name) {
        insert(
                handle,
                "environment " + project + "/" + name,
                "INSERT INTO dokploy_environment (project, name, variables_json, version)"
                        + " VALUES (:project, :name, '{}', 1)",
                Map.of("project", project, "name", name));
    }

    private static void insert(Handle handle, String subject, String statement, Map<String, String> values) {
        try {
            handle.createUpdate(statement).bindMap(values).execute();
        } catch (JdbiException e) {
            if (Sql.isDuplicate(e)) {
                throw new AlreadyExistsException(subject, "the name is taken", "Choose another name.");
            }
            throw e;
        }
    }

    private static void delete(Handle handle, String subject, String statement, Map<String, String> values) {
        try {
            handle.createUpdate(statement).bindMap(values).execute();
        } catch (JdbiException e) {
            if (Sql.isReference(e)) {
                throw new UserErrorException(
                        Failure.user(
                                "in-use",
                                subject,
                                "it still has applications",
                                "Delete its applications, then delete it."),
                        e);
            }
            throw e;
        }
    }

    private static void requireNewest(int changed, String subject, long version, long newest) {
        if (changed == 0) {
            throw new StaleVersionException(
                    subject,
                    "version " + version + " is not the newest, which is " + newest,
                    "Read it again, apply the change to what you get, and set the variables.");
        }
    }

    private static NotFoundException missing(String subject) {
        return new NotFoundException(subject, "there is none of that name", "Create it, or correct the name.");
    }

    private Project project(ResultSet row) throws SQLException {
        return new Project(
                row.getString("name"), json.restoreVariables(row.getString("variables_json")), row.getLong("version"));
    }

    private Environment environment(ResultSet row) throws SQLException {
        return new Environment(
                row.getString("project"),
                row.getString("name"),
                json.restoreVariables(row.getString("variables_json")),
                row.getLong("version"));
    }
}
