package io.dokploy.core.schedule;

import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.error.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What must hold of a schedule besides the shape of its parts. */
public final class ScheduleRules {

    private static final int LOOKED_AT = 10;

    private ScheduleRules() {}

    /** Notes what is wrong with it. */
    public static void check(BackupSchedule schedule, Instant now, Problems problems) {
        var gaps = gaps(problems, "cron", schedule.cron(), schedule, now);
        schedule.verify()
                .cron()
                .ifPresent(
                        cron -> requireOften(problems, schedule, gaps(problems, "verify.cron", cron, schedule, now)));
        if (schedule.verify().every() > 0) {
            requireOften(
                    problems,
                    schedule,
                    gaps.stream()
                            .map(gap -> gap.multipliedBy(schedule.verify().every()))
                            .toList());
        }
        gaps.stream()
                .min(Duration::compareTo)
                .ifPresent(shortest -> problems.require(
                        schedule.jitter().compareTo(shortest) < 0,
                        "jitter",
                        "must be shorter than the time from one run to the next, " + words(shortest)));
    }

    /** Else it would be told of all the time. */
    private static void requireOften(Problems problems, BackupSchedule schedule, List<Duration> gaps) {
        gaps.stream()
                .max(Duration::compareTo)
                .ifPresent(longest -> problems.require(
                        schedule.alerts().unverifiedFor().compareTo(longest) > 0,
                        "alerts.unverifiedFor",
                        "must be longer than the time from one verification to the next, " + words(longest)));
    }

    private static List<Duration> gaps(
            Problems problems, String field, String cron, BackupSchedule schedule, Instant now) {
        try {
            var times = CronTimes.of(cron, schedule.zone()).next(now, LOOKED_AT);
            problems.require(!times.isEmpty(), field, "is a time that never comes");
            return IntStream.range(1, times.size())
                    .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)))
                    .toList();
        } catch (IllegalArgumentException e) {
            problems.add(field, reason(e));
            return List.of();
        }
    }

    /** The library wraps what it found. */
    private static String reason(IllegalArgumentException e) {
        return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                .reduce((first, last) -> last)
                .map(cause -> "is not a cron expression: " + cause.getMessage())
                .orElse("is not a cron expression");
    }

    private static String words(Duration duration) {
        return duration.toHours() >= 48 ? duration.toDays() + " days" : duration.toMinutes() + " minutes";
    }
}
