package io.dokploy.core.store;

import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.error.AlreadyExistsException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** Databases whose log is stored. Thread-safe; every call is one transaction or joins the thread's. */
public final class LogArchiveTable {

    private final Database database;

    LogArchiveTable(Database database) {
        this.database = database;
    }

    /**
     * From now on the log of that database is to be stored.
     *
     * @throws AlreadyExistsException if it is already
     */
    public void insert(DatabaseId id, String target, String subject) {
        try {
            database.useTransaction(
                    handle -> handle.createUpdate("INSERT INTO dokploy_log_archive (database_id, target,"
                                    + " generation, shipped) VALUES (:id, :target, 0, '')")
                            .bind("id", id.value())
                            .bind("target", target)
                            .execute());
        } catch (JdbiException e) {
            if (Sql.isDuplicate(e)) {
                throw new AlreadyExistsException(
                        subject, "its log is stored already", "Stop that first, if it shall go elsewhere.");
            }
            throw e;
        }
    }

    /** Its log is not to be stored any more; does nothing if it is not. */
    public void delete(DatabaseId id) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_log_archive WHERE database_id = :id")
                .bind("id", id.value())
                .execute());
    }

    /** That of a database, if its log is to be stored. */
    public Optional<LogArchiveRow> find(DatabaseId id) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM dokploy_log_archive WHERE database_id = :id")
                        .bind("id", id.value())
                        .map((row, context) -> row(row))
                        .findOne());
    }

    /** All. */
    public List<LogArchiveRow> all() {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM dokploy_log_archive ORDER BY database_id")
                        .map((row, context) -> row(row))
                        .list());
    }

    /** From now on it is the log of that generation, of which nothing is stored. */
    public void begin(DatabaseId id, int generation) {
        database.useTransaction(handle -> handle.createUpdate("UPDATE dokploy_log_archive SET generation = :generation,"
                        + " shipped = '' WHERE database_id = :id AND generation <> :generation")
                .bind("id", id.value())
                .bind("generation", generation)
                .execute());
    }

    /** The log of that generation is stored up to that segment. */
    public void setShipped(DatabaseId id, int generation, String segment) {
        database.useTransaction(handle -> handle.createUpdate("UPDATE dokploy_log_archive SET shipped = :segment"
                        + " WHERE database_id = :id AND generation = :generation")
                .bind("id", id.value())
                .bind("generation", generation)
                .bind("segment", segment)
                .execute());
    }

    /** Why the last try failed; empty if it did not. */
    public void setFailure(DatabaseId id, Optional<String> failure) {
        database.useTransaction(handle -> handle.createUpdate(
                        "UPDATE dokploy_log_archive SET failure = :failure WHERE database_id = :id")
                .bind("id", id.value())
                .bind("failure", failure)
                .execute());
    }

    /** Takes the archive for one who works at it, or keeps it for him. @return whether he has it now */
    public boolean lease(DatabaseId id, String holder, Instant now, Duration duration) {
        return database.inTransaction(handle -> handle.createUpdate("UPDATE dokploy_log_archive SET lease = :holder,"
                                + " leased_until = :until WHERE database_id = :id AND (lease IS NULL"
                                + " OR lease = :holder OR leased_until < :now)")
                        .bind("id", id.value())
                        .bind("holder", holder)
                        .bind("until", Sql.time(now.plus(duration)))
                        .bind("now", Sql.time(now))
                        .execute()
                == 1);
    }

    /** Lets go of it; does nothing if another one has it. */
    public void release(DatabaseId id, String holder) {
        database.useTransaction(handle -> handle.createUpdate(
                        "UPDATE dokploy_log_archive SET lease = NULL" + " WHERE database_id = :id AND lease = :holder")
                .bind("id", id.value())
                .bind("holder", holder)
                .execute());
    }

    /**
     * Keeps the name of a moment.
     *
     * @throws AlreadyExistsException if there is one of that name
     */
    public void insertPoint(DatabaseId id, NamedMoment point) {
        try {
            database.useTransaction(handle -> handle.createUpdate("INSERT INTO dokploy_log_point (database_id, name,"
                            + " moment, history) VALUES (:id, :name, :moment, :history)")
                    .bind("id", id.value())
                    .bind("name", point.name())
                    .bind("moment", Sql.time(point.time()))
                    .bind("history", point.history())
                    .execute());
        } catch (JdbiException e) {
            if (Sql.isDuplicate(e)) {
                throw new AlreadyExistsException(
                        "moment " + point.name(), "the database has a moment of that name", "Choose another name.");
            }
            throw e;
        }
    }

    /** The moments of a database that have a name, in order. */
    public List<NamedMoment> points(DatabaseId id) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM dokploy_log_point WHERE database_id = :id ORDER BY moment, name")
                .bind("id", id.value())
                .map((row, context) ->
                        new NamedMoment(row.getString("name"), Sql.time(row, "moment"), row.getString("history")))
                .list());
    }

    /**
     * A moment with a name.
     *
     * @param time    of the server's clock
     * @param history the log that it is in
     */
    public record NamedMoment(String name, Instant time, String history) {}

    private static LogArchiveRow row(ResultSet row) throws SQLException {
        return new LogArchiveRow(
                new DatabaseId(row.getString("database_id")),
                row.getString("target"),
                row.getInt("generation"),
                row.getString("shipped"),
                Optional.ofNullable(row.getString("failure")));
    }
}
