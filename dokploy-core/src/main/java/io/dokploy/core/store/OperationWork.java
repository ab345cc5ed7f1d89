package io.dokploy.core.store;

import io.dokploy.api.OperationId;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.error.Failure;
import io.dokploy.api.value.Tree;
import io.dokploy.core.json.ValueJson;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * What workers do with operations. Everything that a worker writes names its attempt: a worker that was taken for dead,
 * and whose operation another one has taken, changes nothing any more. Thread-safe.
 */
public final class OperationWork {

    /** One attempt at an operation by one worker. */
    public record Claim(OperationId id, int attempt, String owner) {}

    /** What others want of an operation that runs. */
    public record Wish(OperationId id, int attempt, boolean cancelRequested) {}

    private static final String MINE =
            " WHERE id = :id AND attempt = :attempt AND owner = :owner AND state = 'RUNNING'";

    /** Rows that are next in their lane: what runs, else what waits longest. */
    private static final String HEAD = " o.state IN ('QUEUED', 'RUNNING') AND NOT EXISTS (SELECT 1 FROM"
            + " dokploy_operation p WHERE p.lane = o.lane AND ((p.state = 'RUNNING' AND o.state = 'QUEUED')"
            + " OR (p.state = o.state AND p.position < o.position)))";

    private static final String NEWER = " WHERE n.lane = o.lane AND n.kind = o.kind AND n.state = 'QUEUED'"
            + " AND n.supersedes = TRUE AND n.position > o.position";

    private final Database database;
    private final OperationTable table;
    private final ValueJson json;
    private final Clock clock;

    OperationWork(Database database, OperationTable table, ValueJson json, Clock clock) {
        this.database = database;
        this.table = table;
        this.json = json;
        this.clock = clock;
    }

    /** Lanes whose next operation is of one of these kinds and that no worker and no wake-up has. */
    public List<String> idleLanes(Collection<String> kinds, String task) {
        return database.inTransaction(handle -> handle.createQuery("SELECT o.lane FROM dokploy_operation o WHERE"
                        + HEAD + " AND o.kind IN (<kinds>) AND NOT EXISTS (SELECT 1 FROM dokploy_scheduled_tasks t"
                        + " WHERE t.task_name = :task AND t.task_instance = o.lane)")
                .bindList("kinds", kinds)
                .bind("task", task)
                .mapTo(String.class)
                .list());
    }

    /** Whether the next operation of a lane is of one of these kinds. */
    public boolean hasNext(String lane, Collection<String> kinds) {
        return database.inTransaction(handle -> handle.createQuery("SELECT COUNT(*) FROM dokploy_operation o WHERE"
                                + HEAD + " AND o.lane = :lane AND o.kind IN (<kinds>)")
                        .bind("lane", lane)
                        .bindList("kinds", kinds)
                        .mapTo(int.class)
                        .one()
                > 0);
    }

    /** Lanes in which a request waits that takes the place of others. */
    public List<String> lanesToSupersede() {
        return database.inTransaction(handle -> handle.createQuery("SELECT DISTINCT o.lane FROM dokploy_operation o"
                        + " WHERE o.state = 'QUEUED' AND EXISTS (SELECT 1 FROM dokploy_operation n" + NEWER + ")")
                .mapTo(String.class)
                .list());
    }

    /**
     * Ends what waits in a lane although a newer request of its kind takes its place.
     *
     * @param why from the subject and the newer request
     * @return what was ended
     */
    public List<OperationId> supersede(String lane, BiFunction<String, OperationId, Failure> why) {
        return database.inTransaction(handle -> {
            List<Superseded> found = handle.createQuery("SELECT o.id, o.subject, (SELECT n.id FROM dokploy_operation n"
                            + NEWER + " ORDER BY n.position DESC FETCH FIRST 1 ROWS ONLY) AS newer"
                            + " FROM dokploy_operation o WHERE o.lane = :lane AND o.state = 'QUEUED'"
                            + " AND EXISTS (SELECT 1 FROM dokploy_operation n" + NEWER + ") ORDER BY o.position")
                    .bind("lane", lane)
                    .map((row, context) -> new Superseded(
                            new OperationId(row.getString("id")),
                            row.getString("subject"),
                            new OperationId(row.getString("newer"))))
                    .list();
            return found.stream()
                    .filter(row -> endWaiting(row.id(), State.SUPERSEDED, why.apply(row.subject(), row.newer())))
                    .map(Superseded::id)
                    .toList();
        });
    }

    /** The lane of an operation. */
    public String lane(OperationId id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT lane FROM dokploy_operation WHERE id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .one());
    }

    /** Takes the next operation of a lane: one that a dead worker has left, else the one that waits longest. */
    public Optional<OperationRow> take(String lane, Collection<String> kinds, String owner) {
        return database.inTransaction(handle -> {
            Optional<String> head = handle.createQuery("SELECT o.id FROM dokploy_operation o WHERE" + HEAD
                            + " AND o.lane = :lane AND o.kind IN (<kinds>)")
                    .bind("lane", lane)
                    .bindList("kinds", kinds)
                    .mapTo(String.class)
                    .findOne();
            return head.filter(id -> handle.createUpdate("UPDATE dokploy_operation SET state = 'RUNNING',"
                                            + " attempt = attempt + 1, owner = :owner,"
                                            + " started = COALESCE(started, :now)"
                                            + " WHERE id = :id AND state IN ('QUEUED', 'RUNNING')")
                                    .bind("owner", owner)
                                    .bind("now", Sql.time(Sql.now(clock)))
                                    .bind("id", id)
                                    .execute()
                            == 1)
                    .flatMap(id -> handle.createQuery("SELECT * FROM dokploy_operation WHERE id = :id")
                            .bind("id", id)
                            .map((row, context) -> table.row(row))
                            .findOne());
        });
    }

    /** What others want of the operations that this owner works on; one that is missing was taken by another. */
    public List<Wish> wishes(String owner) {
        return database.inTransaction(handle -> handle.createQuery("SELECT id, attempt, cancel_requested"
                        + " FROM dokploy_operation WHERE owner = :owner AND state = 'RUNNING'")
                .bind("owner", owner)
                .map((row, context) -> new Wish(
                        new OperationId(row.getString("id")),
                        row.getInt("attempt"),
                        row.getBoolean("cancel_requested")))
                .list());
    }

    /** Ends an operation that still waits; false if it does not. */
    public boolean endWaiting(OperationId id, State state, Failure failure) {
        return database.inTransaction(handle -> handle.createUpdate("UPDATE dokploy_operation SET state = :state,"
                                + " finished = :now, failure_json = :failure WHERE id = :id AND state = 'QUEUED'")
                        .bind("state", state.name())
                        .bind("now", Sql.time(Sql.now(clock)))
                        .bind("failure", json.store(failure))
                        .bind("id", id.value())
                        .execute()
                == 1);
    }

    /** Asks for the end of an operation that runs; false if it is too late or it does not run. */
    public boolean requestCancel(OperationId id) {
        return database.inTransaction(handle -> handle.createUpdate("UPDATE dokploy_operation"
                                + " SET cancel_requested = TRUE"
                                + " WHERE id = :id AND state = 'RUNNING' AND point_passed = FALSE")
                        .bind("id", id.value())
                        .execute()
                == 1);
    }

    /** Passes the point of no return; false if somebody asked for the end before, or another worker has taken it. */
    public boolean passPoint(Claim claim) {
        return update(claim, "point_passed = TRUE", " AND cancel_requested = FALSE", null, null);
    }

    /** Notes what is being done; false if another worker has taken it. */
    public boolean setStep(Claim claim, String step) {
        return update(claim, "step = :text", "", "text", step);
    }

    /** Notes what the next attempt needs; false if another worker has taken it. */
    public boolean saveCheckpoint(Claim claim, Tree.Branch checkpoint) {
        return update(claim, "checkpoint_json = :text", "", "text", json.store(checkpoint));
    }

    /** Whether no other worker has taken it. */
    public boolean isHeld(Claim claim) {
        return database.inTransaction(handle -> handle.createQuery("SELECT COUNT(*) FROM dokploy_operation" + MINE)
                        .bind("id", claim.id().value())
                        .bind("attempt", claim.attempt())
                        .bind("owner", claim.owner())
                        .mapTo(int.class)
                        .one()
                == 1);
    }

    /** Leaves an operation for the next attempt. */
    public boolean release(Claim claim) {
        return update(claim, "owner = NULL", "", null, null);
    }

    /** Ends an operation; false if another worker has taken it. */
    public boolean finish(Claim claim, State state, @Nullable Object result, @Nullable Failure failure) {
        return database.inTransaction(handle -> bind(
                                handle.createUpdate("UPDATE dokploy_operation SET state = :state, finished = :now,"
                                        + " owner = NULL, result_json = :result, failure_json = :failure" + MINE),
                                claim)
                        .bind("state", state.name())
                        .bind("now", Sql.time(Sql.now(clock)))
                        .bind("result", result == null ? null : json.store(result))
                        .bind("failure", failure == null ? null : json.store(failure))
                        .execute()
                == 1);
    }

    /** Forgets who holds the wake-ups of a task: only for a store that nobody else can have open. */
    public void forgetWakeUps(String task) {
        database.useTransaction(
                handle -> handle.createUpdate("DELETE FROM dokploy_scheduled_tasks WHERE task_name = :task")
                        .bind("task", task)
                        .execute());
    }

    private boolean update(
            Claim claim, String assignment, String condition, @Nullable String name, @Nullable String value) {
        return database.inTransaction(handle -> {
            Update update =
                    bind(handle.createUpdate("UPDATE dokploy_operation SET " + assignment + MINE + condition), claim);
            if (name != null) {
                update.bind(name, value);
            }
            return update.execute() == 1;
        });
    }

    private static Update bind(Update update, Claim claim) {
        return update.bind("id", claim.id().value())
                .bind("attempt", claim.attempt())
                .bind("owner", claim.owner());
    }

    private record Superseded(OperationId id, String subject, OperationId newer) {}
}
