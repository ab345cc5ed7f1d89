package io.dokploy.core.backup;

import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.FailedVerification;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.RetentionPlan;
import io.dokploy.api.backup.RetentionPlan.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Decides which backups of one schedule stay, and why; see {@link Retention}. Pure. */
final class RetentionRules {

    private static final Comparator<CataloguedBackup> NEWEST_FIRST = Comparator.comparing(
                    (CataloguedBackup backup) -> backup.backup().began())
            .thenComparing(backup -> backup.backup().id())
            .reversed();

    private final Retention rules;
    private final ZoneId zone;
    private final Map<BackupId, List<String>> reasons = new HashMap<>();

    private RetentionRules(Retention rules, ZoneId zone) {
        this.rules = rules;
        this.zone = zone;
    }

    /**
     * What becomes of backups of a schedule.
     *
     * @param backups      that the schedule has made
     * @param lastVerified the newest proven backup of the same, whoever made it
     */
    static RetentionPlan plan(
            List<CataloguedBackup> backups,
            Retention rules,
            ZoneId zone,
            Instant now,
            Optional<BackupId> lastVerified) {
        return new RetentionRules(rules, zone).plan(backups, now, lastVerified);
    }

    private RetentionPlan plan(List<CataloguedBackup> backups, Instant now, Optional<BackupId> lastVerified) {
        var newestFirst = backups.stream().sorted(NEWEST_FIRST).toList();
        var counted = newestFirst.stream().filter(backup -> !hasFailed(backup)).toList();
        if (rules.keepsAll()) {
            newestFirst.forEach(backup -> keep(backup, "there are no rules, so all are kept"));
        }
        newestFirst.stream().limit(1).forEach(backup -> keep(backup, "the newest one"));
        counted.stream().limit(rules.last()).forEach(backup -> keep(backup, "one of the newest " + rules.last()));
        rules.within()
                .ifPresent(age -> counted.stream()
                        .filter(backup -> !backup.backup().began().isBefore(now.minus(age)))
                        .forEach(backup -> keep(backup, "not older than " + words(age))));
        keepOneOfEach(counted, rules.daily(), "day", LocalDate::toString);
        keepOneOfEach(counted, rules.weekly(), "week", RetentionRules::week);
        keepOneOfEach(counted, rules.monthly(), "month", day -> day.toString().substring(0, 7));
        keepOneOfEach(counted, rules.yearly(), "year", day -> Integer.toString(day.getYear()));
        newestFirst.stream()
                .filter(backup ->
                        lastVerified.equals(Optional.of(backup.backup().id())))
                .forEach(backup -> keep(backup, "the newest verified one of what it is of"));
        keepFailed(newestFirst);
        return new RetentionPlan(newestFirst.stream()
                .map(backup -> new Decision(backup, reasonsFor(backup)))
                .toList());
    }

    /** Somebody may want to look into it until a later one is good. */
    private void keepFailed(List<CataloguedBackup> newestFirst) {
        newestFirst.stream()
                .takeWhile(backup -> !backup.proven())
                .filter(RetentionRules::hasFailed)
                .forEach(backup -> keep(backup, "its proof has failed, and none after it is verified"));
    }

    private void keepOneOfEach(
            List<CataloguedBackup> newestFirst, int periods, String period, Function<LocalDate, String> name) {
        var seen = new HashSet<String>();
        for (CataloguedBackup backup : newestFirst) {
            var key = name.apply(LocalDate.ofInstant(backup.backup().began(), zone));
            if (seen.size() < periods && seen.add(key)) {
                keep(backup, "the newest one of the " + period + " " + key);
            }
        }
    }

    private static String week(LocalDate day) {
        return day.get(IsoFields.WEEK_BASED_YEAR) + "-W" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    private static boolean hasFailed(CataloguedBackup backup) {
        return !backup.proven()
                && backup.failure().filter(FailedVerification::conclusive).isPresent();
    }

    private void keep(CataloguedBackup backup, String why) {
        reasonsFor(backup).add(why);
    }

    private List<String> reasonsFor(CataloguedBackup backup) {
        return reasons.computeIfAbsent(backup.backup().id(), id -> new ArrayList<>());
    }

    private static String words(Duration age) {
        return age.toHours() % 24 == 0 ? age.toDays() + " days" : age.toHours() + " hours";
    }
}
