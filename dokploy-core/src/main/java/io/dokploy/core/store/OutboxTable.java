package io.dokploy.core.store;

import io.dokploy.core.json.ValueJson;
import io.dokploy.spi.Notifier.Notification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Notifications that are to be delivered, and how far each channel has read the events. Of those with one correlation
 * key the oldest comes first, so that a problem is never told after its end. Thread-safe.
 */
public final class OutboxTable {

    /**
     * A notification that this process is to deliver.
     *
     * @param notification what to tell
     * @param tries        how often a delivery was begun, this one included
     */
    public record Delivery(Notification notification, int tries) {}

    private static final Instant NEVER = Instant.EPOCH;

    /** Those before which no other of their correlation key waits. */
    private static final String FIRST_OF_KEY = " NOT EXISTS (SELECT 1 FROM dokploy_outbox p WHERE p.channel = o.channel"
            + " AND p.correlation_key = o.correlation_key AND p.event_position < o.event_position)";

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
        database.insertOnce(
                handle -> handle.createUpdate("INSERT INTO dokploy_channel (name, event_position, paused_until)"
                                + " SELECT CAST(:name AS VARCHAR), last_number,"
                                + " CAST(:never AS TIMESTAMP WITH TIME ZONE)"
                                + " FROM dokploy_counter WHERE dokploy_counter.name = 'event'"
                                + " AND NOT EXISTS (SELECT 1 FROM dokploy_channel c WHERE c.name = :name)")
                        .bind("name", channel)
                        .bind("never", Sql.time(NEVER))
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

    /** Puts a notification about the event at that position in; it is due at once. */
    public void insert(String channel, long position, Notification notification) {
        database.useTransaction(handle -> handle.createUpdate("INSERT INTO dokploy_outbox (id, channel, event_position,"
                        + " correlation_key, notification_json, due, leased_until, tries) VALUES (:id,"
                        + " :channel, :position, :key, :notification, :now, :never, 0)")
                .bind("id", notification.deliveryId())
                .bind("channel", channel)
                .bind("position", position)
                .bind("key", notification.correlationKey())
                .bind("notification", json.store(notification))
                .bind("now", Sql.time(Sql.now(clock)))
                .bind("never", Sql.time(NEVER))
                .execute());
    }

    /** Takes the oldest delivery that is due; nobody else gets it before {@code lease} is over. */
    public Optional<Delivery> take(String channel, Duration lease) {
        var now = Sql.time(Sql.now(clock));
        return database.inTransaction(handle -> {
            Optional<String> next = handle.createQuery("SELECT o.id FROM dokploy_outbox o"
                            + " JOIN dokploy_channel c ON c.name = o.channel WHERE o.channel = :channel"
                            + " AND c.paused_until <= :now AND o.due <= :now AND o.leased_until <= :now AND"
                            + FIRST_OF_KEY + " ORDER BY o.event_position FETCH FIRST 1 ROWS ONLY")
                    .bind("channel", channel)
                    .bind("now", now)
                    .mapTo(String.class)
                    .findOne();
            // Two that have found the same one wait here for each other, and the second finds it leased.
            return next.filter(id -> handle.createUpdate("UPDATE dokploy_outbox SET leased_until = :until,"
                                            + " tries = tries + 1 WHERE id = :id AND leased_until <= :now")
                                    .bind("until", now.plus(lease))
                                    .bind("id", id)
                                    .bind("now", now)
                                    .execute()
                            == 1)
                    .flatMap(id -> delivery(handle, id));
        });
    }

    /** When the next delivery of a channel may be taken, unless somebody does it before. */
    public Optional<Instant> nextDue(String channel) {
        return database.inTransaction(handle -> handle.createQuery("SELECT CASE"
                        + " WHEN c.paused_until > o.due AND c.paused_until > o.leased_until THEN c.paused_until"
                        + " WHEN o.leased_until > o.due THEN o.leased_until ELSE o.due END AS next_due"
                        + " FROM dokploy_outbox o JOIN dokploy_channel c ON c.name = o.channel"
                        + " WHERE o.channel = :channel AND" + FIRST_OF_KEY
                        + " ORDER BY next_due FETCH FIRST 1 ROWS ONLY")
                .bind("channel", channel)
                .map((row, context) -> Sql.time(row, "next_due"))
                .findOne());
    }

    /** Gives a delivery back; it is due after {@code pause}. */
    public void putOff(String deliveryId, Duration pause) {
        database.useTransaction(handle -> handle.createUpdate(
                        "UPDATE dokploy_outbox SET due = :due, leased_until = :never WHERE id = :id")
                .bind("due", Sql.time(Sql.now(clock).plus(pause)))
                .bind("never", Sql.time(NEVER))
                .bind("id", deliveryId)
                .execute());
    }

    /** Lets nothing of a channel be taken for so long. */
    public void pause(String channel, Duration pause) {
        database.useTransaction(
                handle -> handle.createUpdate("UPDATE dokploy_channel SET paused_until = :until WHERE name = :name")
                        .bind("until", Sql.time(Sql.now(clock).plus(pause)))
                        .bind("name", channel)
                        .execute());
    }

    /** Until when nothing of a channel is taken, if that is to come. */
    public Optional<Instant> pausedUntil(String channel) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT paused_until FROM dokploy_channel WHERE name = :name AND paused_until > :now")
                .bind("name", channel)
                .bind("now", Sql.time(Sql.now(clock)))
                .map((row, context) -> Sql.time(row, "paused_until"))
                .findOne());
    }

    /** Removes a delivery that is over. */
    public void remove(String deliveryId) {
        database.useTransaction(handle -> handle.createUpdate("DELETE FROM dokploy_outbox WHERE id = :id")
                .bind("id", deliveryId)
                .execute());
    }

    /** How many wait in a channel. */
    public int waiting(String channel) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT COUNT(*) FROM dokploy_outbox WHERE channel = :channel")
                        .bind("channel", channel)
                        .mapTo(int.class)
                        .one());
    }

    /** Forgets who is about to deliver what: only for a store that nobody else can have open. */
    public void forgetLeases() {
        database.useTransaction(handle -> handle.createUpdate("UPDATE dokploy_outbox SET leased_until = :never")
                .bind("never", Sql.time(NEVER))
                .execute());
    }

    private Optional<Delivery> delivery(Handle handle, String id) {
        return handle.createQuery("SELECT notification_json, tries FROM dokploy_outbox WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Delivery(
                        json.restore(row.getString("notification_json"), Notification.class), row.getInt("tries")))
                .findOne();
    }
}
