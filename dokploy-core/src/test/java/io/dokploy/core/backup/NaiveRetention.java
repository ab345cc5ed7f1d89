package io.dokploy.core.backup;

import io.dokploy.api.backup.Retention;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a retention keeps of backups that are all as good as each other, written down a second time in the plainest way: for
 * each backup, count who is before it. The oracle of the tests.
 */
public final class NaiveRetention {

    private NaiveRetention() {}

    /** The times that are kept, of those that there are. */
    public static Set<Instant> kept(Set<Instant> all, Retention rules, ZoneId zone, Instant now) {
        var kept = new TreeSet<Instant>();
        for (Instant one : all) {
            long newer = all.stream().filter(other -> other.isAfter(one)).count();
            boolean wanted = newer == 0
                    || newer < rules.last()
                    || rules.within()
                            .filter(age -> !one.plus(age).isBefore(now))
                            .isPresent()
                    || isLastOf(one, all, zone, rules.daily(), day -> day)
                    || isLastOf(
                            one,
                            all,
                            zone,
                            rules.weekly(),
                            day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)))
                    || isLastOf(one, all, zone, rules.monthly(), day -> day.withDayOfMonth(1))
                    || isLastOf(one, all, zone, rules.yearly(), day -> day.withDayOfYear(1))
                    || rules.keepsAll();
            if (wanted) {
                kept.add(one);
            }
        }
        return kept;
    }

    private static boolean isLastOf(
            Instant one, Set<Instant> all, ZoneId zone, int periods, Function<LocalDate, LocalDate> beginning) {
        var mine = beginning.apply(LocalDate.ofInstant(one, zone));
        List<LocalDate> newerOnes = all.stream()
                .filter(other -> other.isAfter(one))
                .map(other -> beginning.apply(LocalDate.ofInstant(other, zone)))
                .toList();
        return !newerOnes.contains(mine) && newerOnes.stream().distinct().count() < periods;
    }
}
