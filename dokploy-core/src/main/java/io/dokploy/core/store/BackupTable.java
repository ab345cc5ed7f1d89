package io.dokploy.core.store;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.FailedVerification;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.api.backup.Verification;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.core.json.ValueJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Places for backups, and the catalogue of what lies there. Thread-safe; every call is one transaction. */
public final class BackupTable {

    private final Database database;
    private final ValueJson json;

    BackupTable(Database database, ValueJson json) {
        this.database = database;
        this.json = json;
    }

    /** Keeps or replaces a place. */
    public void putTarget(String name, SettingsDocument settings) {
        var document = json.store(settings);
        database.useTransaction(handle -> {
            removeTarget(name);
            handle.createUpdate("INSERT INTO dokploy_backup_target (name, settings_json) VALUES (:name, :settings)")
                    .bind("name", name)
                    .bind("settings", document)
                    .execute();
        });
    }

    /** Forgets a place; does nothing if there is none. */
    public void removeTarget(String name) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_backup_target WHERE name = :name")
                .bind("name", name)
                .execute());
    }

    /** The names of all places, sorted. */
    public List<String> targets() {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT name FROM dokploy_backup_target ORDER BY name")
                        .mapTo(String.class)
                        .list());
    }

    /** The settings of a place, or {@link NotFoundException}. */
    public SettingsDocument target(String name) {
        return database.inTransaction(handle -> handle.createQuery(
                                "SELECT settings_json FROM dokploy_backup_target WHERE name = :name")
                        .bind("name", name)
                        .mapTo(String.class)
                        .findOne())
                .map(document -> json.restore(document, SettingsDocument.class))
                .orElseThrow(() -> new NotFoundException(
                        "backup target " + name,
                        "there is no such place; there are: " + targets(),
                        "Add it with putTarget, or correct the name."));
    }

    /** Adds a backup; does nothing if it is known. @return whether it was not */
    public boolean add(Backup backup, String target) {
        var document = json.store(backup);
        return database.inTransaction(handle -> findAlsoRemoving(backup.id()).isEmpty()
                && handle.createUpdate("INSERT INTO dokploy_backup (id, project, environment, database_name, target,"
                                        + " backup_json, history) VALUES (:id, :project, :environment, :database,"
                                        + " :target, :backup, :history)")
                                .bind("id", backup.id().value())
                                .bind("project", backup.project())
                                .bind("environment", backup.environment())
                                .bind("database", backup.name())
                                .bind("target", target)
                                .bind("backup", document)
                                .bind("history", historyOfLog(backup))
                                .execute()
                        == 1);
    }

    private static Optional<String> historyOfLog(Backup backup) {
        return backup.kind() == Kind.LOG ? backup.log().map(LogSpan::history) : Optional.empty();
    }

    /** Keeps the proof of a backup; a failure of before is forgotten. */
    public void setVerified(BackupId id, Verification verification) {
        database.useTransaction(handle -> handle.createUpdate("UPDATE dokploy_backup SET verification_json ="
                        + " :verification, failure_json = NULL WHERE id = :id")
                .bind("verification", json.store(verification))
                .bind("id", id.value())
                .execute());
    }

    /** Keeps why a backup could not be proven. */
    public void setFailure(BackupId id, FailedVerification failure) {
        database.useTransaction(
                handle -> handle.createUpdate("UPDATE dokploy_backup SET failure_json = :failure WHERE id = :id")
                        .bind("failure", json.store(failure))
                        .bind("id", id.value())
                        .execute());
    }

    /** Takes a proof back: what was found since says that the backup is not good. */
    public void setNotVerified(BackupId id, FailedVerification failure) {
        database.useTransaction(handle -> {
            setFailure(id, failure);
            handle.createUpdate("UPDATE dokploy_backup SET verification_json = NULL WHERE id = :id")
                    .bind("id", id.value())
                    .execute();
        });
    }

    /** The backup of that id, unless its removal has begun. */
    public Optional<CataloguedBackup> find(BackupId id) {
        return one("AND NOT removing", id);
    }

    /** The backup of that id, also one whose removal has begun. */
    public Optional<CataloguedBackup> findAlsoRemoving(BackupId id) {
        return one("", id);
    }

    private Optional<CataloguedBackup> one(String condition, BackupId id) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM dokploy_backup WHERE id = :id " + condition)
                        .bind("id", id.value())
                        .map((row, context) -> backup(row))
                        .findOne());
    }

    /** The stretches of a log that are stored, newest first; not those whose removal has begun. */
    public List<CataloguedBackup> log(String history) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM dokploy_backup WHERE history = :history AND NOT removing ORDER BY id DESC")
                .bind("history", history)
                .map((row, context) -> backup(row))
                .list());
    }

    /** The newest stretch of a log that is stored. */
    public Optional<CataloguedBackup> newestOfLog(String history) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM dokploy_backup WHERE history = :history"
                                + " AND NOT removing ORDER BY id DESC FETCH FIRST 1 ROW ONLY")
                        .bind("history", history)
                        .map((row, context) -> backup(row))
                        .findOne());
    }

    /** The backups of that kind, but not log, of what has that name, newest first; not those whose removal has begun. */
    public List<CataloguedBackup> list(Kind kind, String project, String environment, String name) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_backup WHERE project ="
                        + " :project AND environment = :environment AND database_name = :name AND history IS NULL"
                        + " AND NOT removing ORDER BY id DESC")
                .bind("project", project)
                .bind("environment", environment)
                .bind("name", name)
                .map((row, context) -> backup(row))
                .filter(found -> found.backup().kind() == kind)
                .list());
    }

    /** From now on it is no backup any more, whatever of its objects is still there. */
    public void setRemoving(BackupId id) {
        database.useTransaction(
                handle -> handle.createUpdate("UPDATE dokploy_backup SET removing = TRUE WHERE id = :id")
                        .bind("id", id.value())
                        .execute());
    }

    /** Those in a place whose removal has begun. */
    public List<CataloguedBackup> removing(String target) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM dokploy_backup WHERE target = :target AND removing")
                        .bind("target", target)
                        .map((row, context) -> backup(row))
                        .list());
    }

    /** Forgets a backup; does nothing if it is not known. */
    public void delete(BackupId id) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_backup WHERE id = :id")
                .bind("id", id.value())
                .execute());
    }

    private CataloguedBackup backup(ResultSet row) throws SQLException {
        return new CataloguedBackup(
                json.restore(row.getString("backup_json"), Backup.class),
                row.getString("target"),
                Optional.ofNullable(row.getString("verification_json"))
                        .map(document -> json.restore(document, Verification.class)),
                Optional.ofNullable(row.getString("failure_json"))
                        .map(document -> json.restore(document, FailedVerification.class)));
    }
}
