package io.dokploy.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.backup.BackupAlerts;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.event.EventType;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.backup.NaiveRetention;
import io.dokploy.core.schedule.ScheduleSite.World;
import io.dokploy.core.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year of schedules, each run a real one on an engine in memory, leaves exactly what their rules say. */
class SimulatedYearTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant END = Instant.parse("2027-01-01T10:00:00Z");

    private static final Map<String, Retention> RULES = new TreeMap<>(Map.of(
            "db-count", Retention.keepLast(7),
            "db-age", Retention.keepWithin(Duration.ofDays(30)),
            "db-gfs", Retention.keepAll().daily(7).weekly(5).monthly(12).yearly(3),
            "db-mixed",
                    Retention.keepLast(2).within(Duration.ofDays(3)).weekly(4).monthly(2)));

    @TempDir
    private Path directory;

    @Test
    void aYearOfSchedulesLeavesExactlyWhatTheRulesSay() throws Exception {
        try (var world = World.at("2026-01-01T11:30:00Z");
                var database = TestDatabase.embedded(directory.resolve("store"));
                var site = new ScheduleSite(world, database.open(world.clock()), directory).work()) {
            site.provision(RULES.keySet().toArray(String[]::new));
            RULES.forEach((name, rules) -> site.put(schedule(name, rules)));
            // The one thing known beforehand: a run at half past two of each day of Berlin, one at three.
            Set<Instant> expected = new TreeSet<>();
            for (var day = LocalDate.of(2026, 1, 2);
                    day.atTime(2, 30).atZone(BERLIN).toInstant().isBefore(END);
                    day = day.plusDays(1)) {
                boolean isGap = !day.atTime(2, 30).atZone(BERLIN).toLocalTime().equals(LocalTime.of(2, 30));
                expected.add(
                        day.atTime(isGap ? 3 : 2, isGap ? 0 : 30).atZone(BERLIN).toInstant());
            }
            for (Instant run : expected) {
                world.clock().set(run);
                site.look();
            }
            RULES.forEach((name, rules) -> assertThat(times(site, name))
                    .as(name)
                    .isEqualTo(NaiveRetention.kept(
                            expected, rules, BERLIN, world.clock().instant())));
            assertThat(site.operations(BackupHandlers.BACK_UP))
                    .hasSize(expected.size() * RULES.size())
                    .allMatch(record -> record.state() == State.SUCCEEDED);
            assertThat(site.events(EventType.BACKUP_MISSED)).isEmpty();
            assertThat(world.place().keys())
                    .as("two objects for each that the catalogue knows")
                    .hasSize(2
                            * RULES.keySet().stream()
                                    .mapToInt(name -> site.backups(name).size())
                                    .sum());
        }
    }

    /** Nothing is proven within the year: what is would be kept besides. */
    private static BackupSchedule schedule(String name, Retention rules) {
        return BackupSchedule.named(name)
                .of(name)
                .to("memory")
                .cron("30 2 * * *")
                .zone(BERLIN)
                .retention(rules)
                .verify(VerifyPolicy.onSchedule("0 12 1 1 *"))
                .alerts(BackupAlerts.defaults().unverifiedFor(Duration.ofDays(800)))
                .build();
    }

    private static Set<Instant> times(ScheduleSite site, String name) {
        return site.backups(name).stream()
                .map(backup -> backup.backup().began())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
