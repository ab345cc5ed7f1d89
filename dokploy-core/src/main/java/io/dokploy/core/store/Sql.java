package io.dokploy.core.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What H2 and PostgreSQL have in common. */
final class Sql {

    private static final String DUPLICATE = "23505";

    private Sql() {}

    /** Whether a unique constraint refused it. */
    static boolean isDuplicate(Throwable error) {
        SQLException cause = cause(error);
        return cause != null && DUPLICATE.equals(cause.getSQLState());
    }

    /** Whether a foreign key refused it. */
    static boolean isReference(Throwable error) {
        SQLException cause = cause(error);
        return cause != null && ("23503".equals(cause.getSQLState()) || "23506".equals(cause.getSQLState()));
    }

    /** Whether the database gave it up for another transaction (class 40: deadlock, serialization). */
    static boolean isRepeatable(Throwable error) {
        SQLException cause = cause(error);
        return cause != null
                && cause.getSQLState() != null
                && cause.getSQLState().startsWith("40");
    }

    /** Whether there is no such table. */
    static boolean isMissingTable(Throwable error) {
        SQLException cause = cause(error);
        return cause != null && Set.of("42P01", "42S02", "42S03", "42S04").contains(cause.getSQLState());
    }

    static @Nullable SQLException cause(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** As both databases keep it: microseconds. */
    static Instant now(java.time.Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<Instant> optionalTime(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
