package io.dokploy.core.store;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.core.json.ValueJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;

/** Schedules of backups and how they go. Thread-safe; every call is one transaction or joins the thread's. */
public final class BackupScheduleTable {

    /** The one column that is filled says what it is; of the store none is. */
    private static final String SELECT = "SELECT s.*, COALESCE(d.id, a.id, '') AS source,"
            + " COALESCE(d.name, a.name, '') AS source_name, CASE WHEN s.database_id IS NOT NULL THEN 'DATABASE'"
            + " WHEN s.application_id IS NOT NULL THEN 'VOLUMES' WHEN s.base_of IS NOT NULL THEN 'BASE'"
            + " WHEN s.image_of IS NOT NULL THEN 'IMAGE'"
            + " ELSE 'STORE' END AS kind FROM dokploy_backup_schedule s"
            + " LEFT JOIN dokploy_database d ON d.id = COALESCE(s.database_id, s.base_of)"
            + " LEFT JOIN dokploy_application a ON a.id = COALESCE(s.application_id, s.image_of) ";

    private static final String THIS = "WHERE s.project = :project AND s.environment = :environment AND s.name = :name";

    private final Database database;
    private final ValueJson json;

    BackupScheduleTable(Database database, ValueJson json) {
        this.database = database;
        this.json = json;
    }

    /** Keeps a schedule, or replaces the one of its name. */
    public void put(ScheduleRow row) {
        database.useTransaction(handle -> {
            remove(row.project(), row.environment(), row.schedule().name());
            handle.createUpdate(
                            "INSERT INTO dokploy_backup_schedule (project, environment, name, database_id,"
                                    + " application_id, base_of, image_of, schedule_json, state_json, wakes) VALUES (:project,"
                                    + " :environment, :name, :database, :application, :base, :image, :schedule, :state, :wakes)")
                    .bind("project", row.project())
                    .bind("environment", row.environment())
                    .bind("name", row.schedule().name())
                    .bind("database", source(row, Kind.DATABASE))
                    .bind("application", source(row, Kind.VOLUMES))
                    .bind("base", source(row, Kind.BASE))
                    .bind("image", source(row, Kind.IMAGE))
                    .bind("schedule", json.store(StoredSchedule.of(row.schedule())))
                    .bind("state", json.store(row.state()))
                    .bind("wakes", wakes(row).map(Sql::time))
                    .execute();
        });
    }

    private static Optional<String> source(ScheduleRow row, Kind kind) {
        return Optional.of(row.source()).filter(id -> row.schedule().subject().kind() == kind);
    }

    /** Keeps how a schedule goes; nothing if it was removed meanwhile. */
    public void save(ScheduleRow row) {
        database.useTransaction(handle -> handle.createUpdate("UPDATE dokploy_backup_schedule SET state_json = :state,"
                        + " wakes = :wakes WHERE project = :project AND environment = :environment AND name = :name")
                .bind("project", row.project())
                .bind("environment", row.environment())
                .bind("name", row.schedule().name())
                .bind("state", json.store(row.state()))
                .bind("wakes", wakes(row).map(Sql::time))
                .execute());
    }

    /** When something is to be done next; never for one that is paused. */
    private static Optional<Instant> wakes(ScheduleRow row) {
        return row.schedule().enabled()
                ? Stream.concat(Stream.of(row.state().starts()), row.state().verifyDue().stream())
                        .min(Instant::compareTo)
                : Optional.empty();
    }

    /** Forgets a schedule; does nothing if there is none. */
    public void remove(String project, String environment, String name) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_backup_schedule"
                        + " WHERE project = :project AND environment = :environment AND name = :name")
                .bind("project", project)
                .bind("environment", environment)
                .bind("name", name)
                .execute());
    }

    /** The one of that name. */
    public Optional<ScheduleRow> find(String project, String environment, String name) {
        return one(THIS, project, environment, name);
    }

    /** The one of that name; no other transaction gets it until the thread's is over. */
    public Optional<ScheduleRow> lock(String project, String environment, String name) {
        return database.inTransaction(handle -> {
            handle.createQuery("SELECT name FROM dokploy_backup_schedule WHERE project = :project"
                            + " AND environment = :environment AND name = :name FOR UPDATE")
                    .bind("project", project)
                    .bind("environment", environment)
                    .bind("name", name)
                    .mapTo(String.class)
                    .findOne();
            return one(THIS, project, environment, name);
        });
    }

    private Optional<ScheduleRow> one(String where, String project, String environment, String name) {
        return database.inTransaction(handle -> rows(handle.createQuery(SELECT + where)
                        .bind("project", project)
                        .bind("environment", environment)
                        .bind("name", name))
                .stream()
                .findFirst());
    }

    /** The one whose backups of that are marked so. */
    public Optional<ScheduleRow> marked(Kind kind, String source, String mark) {
        return database
                .inTransaction(handle -> rows(handle.createQuery(
                                "SELECT * FROM (" + SELECT + ") s WHERE s.kind = :kind AND s.source = :source")
                        .bind("kind", kind.name())
                        .bind("source", source)))
                .stream()
                .filter(row -> row.mark().equals(mark))
                .findFirst();
    }

    /** Those of an environment, by name. */
    public List<ScheduleRow> list(String project, String environment) {
        return database.inTransaction(handle -> rows(handle.createQuery(
                        SELECT + "WHERE s.project = :project AND s.environment = :environment ORDER BY s.name")
                .bind("project", project)
                .bind("environment", environment)));
    }

    /** All. */
    public List<ScheduleRow> all() {
        return database.inTransaction(
                handle -> rows(handle.createQuery(SELECT + "ORDER BY s.project, s.environment, s.name")));
    }

    /** Those for which something is to be done at that time. */
    public List<ScheduleRow> due(Instant now) {
        return database.inTransaction(
                handle -> rows(handle.createQuery(SELECT + "WHERE s.wakes <= :now ORDER BY s.wakes")
                        .bind("now", Sql.time(now))));
    }

    private List<ScheduleRow> rows(Query query) {
        return query.map((row, context) -> row(row)).list();
    }

    private ScheduleRow row(ResultSet row) throws SQLException {
        return new ScheduleRow(
                row.getString("project"),
                row.getString("environment"),
                row.getString("source"),
                json.restore(row.getString("schedule_json"), StoredSchedule.class)
                        .of(Kind.valueOf(row.getString("kind")), row.getString("source_name")),
                json.restore(row.getString("state_json"), ScheduleState.class));
    }
}
