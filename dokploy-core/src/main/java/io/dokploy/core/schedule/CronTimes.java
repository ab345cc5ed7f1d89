package io.dokploy.core.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The times of a cron expression of five fields in a time zone. Where the clocks are put forward, a time of the hour that
 * does not exist is the moment after it; where they are put back, a time of the hour that comes twice is the first one.
 * Expressions for every hour go on by the hour. So does Vixie's cron.
 */
final class CronTimes {

    private final ExecutionTime times;
    private final ZoneId zone;
    private final boolean everyHour;

    private CronTimes(ExecutionTime times, ZoneId zone, boolean everyHour) {
        this.times = times;
        this.zone = zone;
        this.everyHour = everyHour;
    }

    /** @throws IllegalArgumentException with the reason, if it is no such expression */
    static CronTimes of(String expression, ZoneId zone) {
        var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        var cron = parser.parse(expression).validate();
        return new CronTimes(
                ExecutionTime.forCron(cron),
                zone,
                expression.trim().split(" +")[1].contains("*"));
    }

    /** The first time after that one; empty if there is none, as on February 30. */
    Optional<Instant> next(Instant after) {
        var time = times.nextExecution(after.atZone(zone));
        if (everyHour) {
            return time.map(ZonedDateTime::toInstant);
        }
        while (time.filter(CronTimes::isSecond).isPresent()) {
            time = times.nextExecution(time.get());
        }
        var regular = time.map(ZonedDateTime::toInstant);
        return skipped(after, regular.orElse(Instant.MAX)).or(() -> regular);
    }

    /** Whether the clocks were put back and have shown it before. */
    private static boolean isSecond(ZonedDateTime time) {
        return !time.withEarlierOffsetAtOverlap().equals(time);
    }

    /** The first moment before {@code limit} at which clocks are put forward over a time of the expression. */
    private Optional<Instant> skipped(Instant after, Instant limit) {
        var rules = zone.getRules();
        var change = rules.nextTransition(after);
        while (change != null && change.getInstant().isBefore(limit)) {
            if (change.isGap() && isSkippedBy(change)) {
                return Optional.of(change.getInstant());
            }
            change = rules.nextTransition(change.getInstant());
        }
        return Optional.empty();
    }

    /** Whether it has a time in the gap, read as if there were no time zones. */
    private boolean isSkippedBy(ZoneOffsetTransition gap) {
        var before = gap.getDateTimeBefore().minusNanos(1).atZone(ZoneOffset.UTC);
        return times.nextExecution(before)
                .filter(time -> time.toLocalDateTime().isBefore(gap.getDateTimeAfter()))
                .isPresent();
    }

    /** The next {@code count} times after that one; fewer if there are no more. */
    List<Instant> next(Instant after, int count) {
        var found = new ArrayList<Instant>();
        var time = next(after);
        while (time.isPresent() && found.size() < count) {
            found.add(time.get());
            time = next(time.get());
        }
        return found;
    }

    /** Those from {@code first} on up to {@code limit}, that included; not more than {@code most}. */
    List<Instant> between(Instant first, Instant limit, int most) {
        var found = new ArrayList<Instant>();
        var time = Optional.of(first);
        while (time.isPresent() && !time.get().isAfter(limit) && found.size() < most) {
            found.add(time.get());
            time = next(time.get());
        }
        return found;
    }
}
