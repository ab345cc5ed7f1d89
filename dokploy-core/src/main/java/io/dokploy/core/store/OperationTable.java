package io.dokploy.core.store;

import io.dokploy.api.Actor;
import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.StoreUnavailableException;
import io.dokploy.api.value.Tree;
import io.dokploy.core.json.ValueJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Operations as they are kept: asked for and looked at. What a worker does with them is in {@link OperationWork}.
 * Thread-safe.
 */
public final class OperationTable {

    private static final String RECORD = "SELECT id, kind, subject, actor, state, step, requested, started, finished,"
            + " failure_json FROM dokploy_operation ";

    private final Database database;
    private final ValueJson json;
    private final Ids ids;
    private final Clock clock;

    OperationTable(Database database, ValueJson json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** Keeps a request; the id of the former one if its idempotency key was used before. */
    public OperationId insert(NewOperation request) {
        return database.inTransaction(handle -> insert(handle, request));
    }

    /** Keeps a request within a transaction of the host: it counts when that commits. Only inserts, nothing else. */
    public OperationId insert(NewOperation request, Connection hostTransaction) {
        try (Handle handle = Jdbi.create(hostTransaction).open()) {
            handle.getConfig(org.jdbi.v3.core.Handles.class).setForceEndTransactions(false);
            return insert(handle, request);
        } catch (RepeatTransactionException e) {
            throw new StoreUnavailableException(
                    request.subject(),
                    "somebody else has asked with the same idempotency key at this moment",
                    "Roll this transaction back and do it again: it will find that request.",
                    e);
        }
    }

    /** The operation of that id. */
    public Optional<OperationRecord> find(OperationId id) {
        return database.inTransaction(handle -> handle.createQuery(RECORD + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> record(row))
                .findOne());
    }

    /** Those of these operations that are over. */
    public List<OperationRecord> finished(Collection<OperationId> operations) {
        return database.inTransaction(handle -> handle.createQuery(
                        RECORD + "WHERE id IN (<ids>) AND state NOT IN ('QUEUED', 'RUNNING')")
                .bindList("ids", operations.stream().map(OperationId::value).toList())
                .map((row, context) -> record(row))
                .list());
    }

    /** The newest, newest first. */
    public List<OperationRecord> newest(int limit) {
        return database.inTransaction(
                handle -> handle.createQuery(RECORD + "ORDER BY position DESC FETCH FIRST :limit ROWS ONLY")
                        .bind("limit", limit)
                        .map((row, context) -> record(row))
                        .list());
    }

    /** The newest of these kinds on a subject, newest first, each with what it was asked for with and what came of it. */
    public List<OperationHistory> history(String subject, Set<String> kinds, int limit) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_operation"
                        + " WHERE subject = :subject AND kind IN (<kinds>)"
                        + " ORDER BY position DESC FETCH FIRST :limit ROWS ONLY")
                .bind("subject", subject)
                .bindList("kinds", kinds)
                .bind("limit", limit)
                .map((row, context) -> new OperationHistory(
                        record(row),
                        tree(row.getString("arguments_json")),
                        Optional.ofNullable(row.getString("checkpoint_json")).map(this::tree),
                        Optional.ofNullable(row.getString("result_json")),
                        row.getString("reason")))
                .list());
    }

    /** The operation that runs or waits first in a lane. */
    public Optional<OperationRecord> current(String lane) {
        return database.inTransaction(handle -> handle.createQuery(RECORD
                        + "WHERE lane = :lane AND state IN ('QUEUED', 'RUNNING')"
                        + " ORDER BY CASE state WHEN 'RUNNING' THEN 0 ELSE 1 END, position FETCH FIRST 1 ROWS ONLY")
                .bind("lane", lane)
                .map((row, context) -> record(row))
                .findOne());
    }

    /** The name of the class of an operation's result. */
    public Optional<String> resultType(OperationId id) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT result_type FROM dokploy_operation WHERE id = :id")
                        .bind("id", id.value())
                        .mapTo(String.class)
                        .findOne());
    }

    /** What came of it, if it succeeded and had a result. */
    public <T> Optional<T> result(OperationId id, Class<T> type) {
        return database.inTransaction(handle -> handle.createQuery(
                                "SELECT result_json FROM dokploy_operation WHERE id = :id AND result_json IS NOT NULL")
                        .bind("id", id.value())
                        .mapTo(String.class)
                        .findOne())
                .map(document -> json.restore(document, type));
    }

    private OperationId insert(Handle handle, NewOperation request) {
        Optional<OperationId> former = request.idempotencyKey().flatMap(key -> findByKey(handle, request, key));
        if (former.isPresent()) {
            return former.get();
        }
        OperationId id = ids.newOperationId();
        try {
            insert(handle, request, id);
        } catch (JdbiException e) {
            throw Sql.isDuplicate(e) ? new RepeatTransactionException(e) : e;
        }
        return id;
    }

    private void insert(Handle handle, NewOperation request, OperationId id) {
        handle.createUpdate("INSERT INTO dokploy_operation (id, kind, lane, subject, actor, reason, state, step,"
                        + " requested, deadline_millis, supersedes, idempotency_key, attempt, cancel_requested,"
                        + " point_passed, result_type, arguments_json) VALUES (:id, :kind, :lane, :subject, :actor,"
                        + " :reason, 'QUEUED', '', :requested, :deadline, :supersedes, :key, 0, FALSE, FALSE,"
                        + " :resultType, :arguments)")
                .bind("id", id.value())
                .bind("kind", request.kind())
                .bind("lane", request.lane())
                .bind("subject", request.subject())
                .bind("actor", request.actor().name())
                .bind("reason", request.reason())
                .bind("requested", Sql.time(Sql.now(clock)))
                .bind("deadline", request.deadline().toMillis())
                .bind("supersedes", request.supersedes())
                .bind("key", request.idempotencyKey())
                .bind("resultType", request.resultType())
                .bind("arguments", json.store(request.arguments()))
                .execute();
    }

    private static Optional<OperationId> findByKey(Handle handle, NewOperation request, String key) {
        return handle.createQuery("SELECT id FROM dokploy_operation"
                        + " WHERE lane = :lane AND kind = :kind AND idempotency_key = :key")
                .bind("lane", request.lane())
                .bind("kind", request.kind())
                .bind("key", key)
                .mapTo(String.class)
                .findOne()
                .map(OperationId::new);
    }

    OperationRow row(ResultSet row) throws SQLException {
        return new OperationRow(
                record(row),
                row.getString("lane"),
                Duration.ofMillis(row.getLong("deadline_millis")),
                row.getInt("attempt"),
                row.getBoolean("cancel_requested"),
                row.getBoolean("point_passed"),
                tree(row.getString("arguments_json")),
                Optional.ofNullable(row.getString("checkpoint_json")).map(this::tree));
    }

    private Tree.Branch tree(String document) {
        return json.restore(document, Tree.Branch.class);
    }

    private OperationRecord record(ResultSet row) throws SQLException {
        return new OperationRecord(
                new OperationId(row.getString("id")),
                row.getString("kind"),
                row.getString("subject"),
                new Actor(row.getString("actor")),
                State.valueOf(row.getString("state")),
                row.getString("step"),
                Sql.time(row, "requested"),
                Sql.optionalTime(row, "started"),
                Sql.optionalTime(row, "finished"),
                Optional.ofNullable(row.getString("failure_json"))
                        .map(document -> json.restore(document, Failure.class)));
    }
}
