package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import java.time.Duration;
import java.util.Optional;

/**
 * Which backups of a schedule are kept. One is kept as long as any of the rules wants it; without rules all are. Days,
 * weeks (from Monday), months and years are those of the schedule's time zone; only those that have a backup count, and
 * the newest backup of each is kept. Immutable.
 *
 * <p>Whatever the rules say, three things stay: the newest verified backup of a database, the newest backup of the
 * schedule, and what the schedule did not make. A backup whose proof has failed takes nobody's place; it is kept until a
 * newer one is verified.
 *
 * @param last    the newest so many; 0: no such rule
 * @param within  those that are not older
 * @param daily   the newest of each of so many days; 0: no such rule
 * @param weekly  of so many weeks
 * @param monthly of so many months
 * @param yearly  of so many years
 */
@Experimental
public record Retention(int last, Optional<Duration> within, int daily, int weekly, int monthly, int yearly) {
    public Retention {
        var problems = Problems.of("retention")
                .require(last >= 0, "last", "must not be negative")
                .require(daily >= 0, "daily", "must not be negative")
                .require(weekly >= 0, "weekly", "must not be negative")
                .require(monthly >= 0, "monthly", "must not be negative")
                .require(yearly >= 0, "yearly", "must not be negative");
        within.ifPresent(age ->
                problems.require(age.compareTo(Duration.ofHours(1)) >= 0, "within", "must be an hour at the least"));
        problems.throwIfAny();
    }

    /** Keeps all. */
    public static Retention keepAll() {
        return new Retention(0, Optional.empty(), 0, 0, 0, 0);
    }

    /** Keeps the newest {@code count}; further rules keep more. */
    public static Retention keepLast(int count) {
        return keepAll().last(count);
    }

    /** Keeps all that are not older; further rules keep more. */
    public static Retention keepWithin(Duration age) {
        return keepAll().within(age);
    }

    /** Whether nothing is ever removed. */
    public boolean keepsAll() {
        return equals(keepAll());
    }

    /** The same, and the newest {@code count}. */
    public Retention last(int count) {
        return new Retention(count, within, daily, weekly, monthly, yearly);
    }

    /** The same, and all that are not older. */
    public Retention within(Duration age) {
        return new Retention(last, Optional.of(age), daily, weekly, monthly, yearly);
    }

    /** The same, and one of each of that many days. */
    public Retention daily(int days) {
        return new Retention(last, within, days, weekly, monthly, yearly);
    }

    /** The same, and one of each of that many weeks. */
    public Retention weekly(int weeks) {
        return new Retention(last, within, daily, weeks, monthly, yearly);
    }

    /** The same, and one of each of that many months. */
    public Retention monthly(int months) {
        return new Retention(last, within, daily, weekly, months, yearly);
    }

    /** The same, and one of each of that many years. */
    public Retention yearly(int years) {
        return new Retention(last, within, daily, weekly, monthly, years);
    }
}
