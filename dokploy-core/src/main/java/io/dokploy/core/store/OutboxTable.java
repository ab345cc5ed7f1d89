package io.dokploy.core.store;

import io.dokploy.core.json.ValueJson;
import io.dokploy.spi.Notifier.Notification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Notifications that are to be delivered, and how far each channel has read the events. Thread-safe. */
public final class OutboxTable {

    /**
     * A notification that waits.
     *
     * @param id           the delivery's
     * @param notification what to tell
     * @param created      when it was put here
     * @param tries        how often a delivery was begun, this one included
     */
    public record Delivery(String id, Notification notification, Instant created, int tries) {}

    private final Database database;
    private final ValueJson json;
    private final Clock clock;

    OutboxTable(Database database, ValueJson json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** Makes a channel that begins with the next event; does nothing if there is one of that name. */
    public void register(String channel) {
        database.useTransaction(handle -> handle.createUpdate(
                        "INSERT INTO dokploy_channel (name, event_position) SELECT :name, last_number"
                                + " FROM dokploy_counter WHERE name = 'event'"
                                + " AND NOT EXISTS (SELECT 1 FROM dokploy_channel WHERE name = :name)")
                .bind("name", channel)
                .execute());
    }

    /** Locks a channel until the end of the thread's transaction, and says which event it has read last. */
    public long lockPosition(String channel) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT event_position FROM dokploy_channel WHERE name = :name FOR UPDATE")
                        .bind("name", channel)
                        .mapTo(long.class)
                        .one());
    }

    /** Notes which event a channel has read last. */
    public void setPosition(String channel, long position) {
        database.useTransaction(handle -> handle.createUpdate(
                        "UPDATE dokploy_channel SET event_position = :position WHERE name = :name")
                .bind("position", position)
                .bind("name", channel)
                .execute());
    }

    /** Puts a notification in; it is due at once. */
    public void insert(String channel, Notification notification) {
        var now = Sql.time(Sql.now(clock));
        database.useTransaction(handle -> handle.createUpdate(
                        "INSERT INTO dokploy_outbox (id, channel, notification_json, created, due, tries)"
                                + " VALUES (:id, :channel, :notification, :now, :now, 0)")
                .bind("id", notification.deliveryId())
                .bind("channel", channel)
                .bind("notification", json.store(notification))
                .bind("now", now)
                .execute());
    }

    /** Takes the oldest delivery that is due; nobody else gets it before {@code lease} is over. */
    public Optional<Delivery> take(String channel, Duration lease) {
        Instant now = Sql.now(clock);
        return database.inTransaction(handle -> {
            Optional<String> next = handle.createQuery("SELECT id FROM dokploy_outbox WHERE channel = :channel"
                            + " AND due <= :now ORDER BY due, id FETCH FIRST 1 ROWS ONLY")
                    .bind("channel", channel)
                    .bind("now", Sql.time(now))
                    .mapTo(String.class)
                    .findOne();
            return next.filter(id -> handle.createUpdate("UPDATE dokploy_outbox SET due = :until, tries = tries + 1"
                                            + " WHERE id = :id AND due <= :now")
                                    .bind("until", Sql.time(now.plus(lease)))
                                    .bind("id", id)
                                    .bind("now", Sql.time(now))
                                    .execute()
                            == 1)
                    .flatMap(id -> handle.createQuery("SELECT * FROM dokploy_outbox WHERE id = :id")
                            .bind("id", id)
                            .map((row, context) -> new Delivery(
                                    row.getString("id"),
                                    json.restore(row.getString("notification_json"), Notification.class),
                                    Sql.time(row, "created"),
                                    row.getInt("tries")))
                            .findOne());
        });
    }

    /** When the next delivery of a channel is due. */
    public Optional<Instant> nextDue(String channel) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT due FROM dokploy_outbox WHERE channel = :channel ORDER BY due FETCH FIRST 1 ROWS ONLY")
                .bind("channel", channel)
                .map((row, context) -> Sql.time(row, "due"))
                .findOne());
    }

    /** Puts a delivery off. */
    public void putOff(String id, Duration pause) {
        database.useTransaction(handle -> handle.createUpdate("UPDATE dokploy_outbox SET due = :due WHERE id = :id")
                .bind("due", Sql.time(Sql.now(clock).plus(pause)))
                .bind("id", id)
                .execute());
    }

    /** Removes a delivery that is over. */
    public void remove(String id) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_outbox WHERE id = :id")
                .bind("id", id)
                .execute());
    }

    /** What waits in a channel, the oldest first. */
    public List<Notification> waiting(String channel) {
        return database
                .inTransaction(handle -> handle.createQuery(
                                "SELECT notification_json FROM dokploy_outbox WHERE channel = :channel ORDER BY id")
                        .bind("channel", channel)
                        .mapTo(String.class)
                        .list())
                .stream()
                .map(document -> json.restore(document, Notification.class))
                .toList();
    }
}
