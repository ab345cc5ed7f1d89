package io.dokploy.core.store;

import io.dokploy.api.Actor;
import io.dokploy.api.OperationId;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.Events;
import io.dokploy.api.value.Tree;
import io.dokploy.core.json.ValueJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The stream of events. An event takes its number under a lock that is held until its transaction commits, so readers
 * see all numbers in order and never skip one. Append last in a transaction: the lock keeps others from appending.
 * Thread-safe.
 */
public final class EventLog implements Events, AutoCloseable {

    private final Database database;
    private final ValueJson json;
    private final Ids ids;
    private final Clock clock;
    private final EventDispatcher dispatcher = new EventDispatcher(this);

    EventLog(Database database, ValueJson json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Writes an event, in this thread's transaction if there is one.
     *
     * @return as it will be read
     */
    public Event append(
            String type,
            Optional<OperationId> operation,
            String subject,
            Actor actor,
            Event.Severity severity,
            String correlationKey,
            Tree.Branch data) {
        Event written = database.inTransaction(handle -> {
            var event = new Event(
                    nextNumber(handle),
                    ids.newEventId(),
                    type,
                    1,
                    Sql.now(clock),
                    operation,
                    subject,
                    actor,
                    severity,
                    correlationKey,
                    data);
            insert(handle, event);
            return event;
        });
        database.afterCommit(dispatcher::wake);
        return written;
    }

    @Override
    public List<Event> read(long after, int limit) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM dokploy_event"
                        + " WHERE position > :after ORDER BY position FETCH FIRST :limit ROWS ONLY")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list());
    }

    /** What happened in an operation, in order. */
    public List<Event> of(OperationId operation) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM dokploy_event WHERE operation_id = :operation ORDER BY position")
                .bind("operation", operation.value())
                .map((row, context) -> event(row))
                .list());
    }

    @Override
    public long newest() {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT last_number FROM dokploy_counter WHERE name = 'event'")
                        .mapTo(long.class)
                        .one());
    }

    @Override
    public Subscription subscribe(Consumer<Event> listener) {
        return dispatcher.subscribe(listener);
    }

    /** Forgets events older than that; the numbers of the others stay. */
    public int deleteBefore(java.time.Instant time) {
        return database.inTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_event WHERE occurred < :time")
                .bind("time", Sql.time(time))
                .execute());
    }

    @Override
    public void close() {
        dispatcher.close();
    }

    private static long nextNumber(Handle handle) {
        handle.execute("UPDATE dokploy_counter SET last_number = last_number + 1 WHERE name = 'event'");
        return handle.createQuery("SELECT last_number FROM dokploy_counter WHERE name = 'event'")
                .mapTo(long.class)
                .one();
    }

    private void insert(Handle handle, Event event) {
        handle.createUpdate("INSERT INTO dokploy_event (position, id, type, version, occurred, operation_id, subject,"
                        + " actor, severity, correlation_key, data_json) VALUES (:position, :id, :type, :version,"
                        + " :occurred, :operation, :subject, :actor, :severity, :correlation, :data)")
                .bind("position", event.sequence())
                .bind("id", event.id())
                .bind("type", event.type())
                .bind("version", event.version())
                .bind("occurred", Sql.time(event.time()))
                .bind("operation", event.operation().map(OperationId::value))
                .bind("subject", event.subject())
                .bind("actor", event.actor().name())
                .bind("severity", event.severity().name())
                .bind("correlation", event.correlationKey())
                .bind("data", json.store(event.data()))
                .execute();
    }

    private Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getLong("position"),
                row.getString("id"),
                row.getString("type"),
                row.getInt("version"),
                Sql.time(row, "occurred"),
                Optional.ofNullable(row.getString("operation_id")).map(OperationId::new),
                row.getString("subject"),
                new Actor(row.getString("actor")),
                Event.Severity.valueOf(row.getString("severity")),
                row.getString("correlation_key"),
                json.restore(row.getString("data_json"), Tree.Branch.class));
    }
}
