package io.dokploy.core.backup;

import static io.dokploy.core.backup.SampleBackups.failed;
import static io.dokploy.core.backup.SampleBackups.stored;
import static io.dokploy.core.backup.SampleBackups.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.RetentionPlan;
import io.dokploy.api.backup.RetentionPlan.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionRulesTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void withoutRulesAllAreKept() {
        assertThat(kept(Retention.keepAll(), days(5))).hasSize(5);
    }

    @Test
    void theNewestByTheirNumber() {
        assertThat(kept(Retention.keepLast(3), days(10))).containsExactly("b0", "b1", "b2");
    }

    @Test
    void thoseThatAreNotOlder() {
        assertThat(kept(Retention.keepWithin(Duration.ofDays(2)), days(10))).containsExactly("b0", "b1", "b2");
    }

    @Test
    void oneOfEachDayTheNewest() {
        var backups = List.of(
                stored("today-late", at("2026-03-10T11:00:00Z")),
                stored("today-early", at("2026-03-10T01:00:00Z")),
                stored("yesterday", at("2026-03-09T23:00:00Z")),
                stored("before", at("2026-03-08T23:00:00Z")));
        assertThat(kept(Retention.keepAll().daily(2), backups)).containsExactly("today-late", "yesterday");
    }

    @Test
    void daysAreThoseOfTheTimeZone() {
        var backups = List.of(stored("one", at("2026-03-09T23:30:00Z")), stored("other", at("2026-03-09T22:30:00Z")));
        assertThat(kept(Retention.keepAll().daily(2), backups)).containsExactly("one");
        assertThat(ids(RetentionRules.plan(
                                backups,
                                Retention.keepAll().daily(2),
                                ZoneId.of("Europe/Berlin"),
                                NOW,
                                Optional.empty())
                        .kept()))
                .containsExactly("one", "other");
    }

    @Test
    void onlyDaysWithABackupCount() {
        var backups = List.of(
                stored("now", NOW),
                stored("weeks-ago", at("2026-02-10T00:00:00Z")),
                stored("a-year-ago", at("2025-03-01T00:00:00Z")));
        assertThat(kept(Retention.keepAll().daily(2), backups)).containsExactly("now", "weeks-ago");
    }

    @Test
    void weeksBeginOnMonday() {
        var backups = List.of(
                stored("monday", at("2026-03-09T01:00:00Z")),
                stored("sunday", at("2026-03-08T01:00:00Z")),
                stored("its-monday", at("2026-03-02T01:00:00Z")));
        assertThat(kept(Retention.keepAll().weekly(5), backups)).containsExactly("monday", "sunday");
    }

    @Test
    void theFirstDaysOfAYearMayBelongToAWeekOfTheFormer() {
        var backups = List.of(
                stored("january", at("2027-01-03T01:00:00Z")),
                stored("december", at("2026-12-31T01:00:00Z")),
                stored("week-before", at("2026-12-27T01:00:00Z")));
        assertThat(kept(Retention.keepAll().weekly(9), backups)).containsExactly("january", "week-before");
    }

    @Test
    void oneIsKeptAsLongAsAnyRuleWantsIt() {
        var backups = days(100);
        assertThat(kept(Retention.keepLast(2).monthly(3), backups)).containsExactly("b0", "b1", "b10", "b38");
        assertThat(kept(Retention.keepLast(1).yearly(2), backups)).containsExactly("b0", "b69");
    }

    @Test
    void theNewestVerifiedOneIsNeverRemoved() {
        var backups = new ArrayList<>(days(5));
        backups.add(verified("good", at("2026-01-01T00:00:00Z")));
        assertThat(ids(RetentionRules.plan(backups, Retention.keepLast(2), UTC, NOW, Optional.of(new BackupId("good")))
                        .kept()))
                .containsExactly("b0", "b1", "good");
    }

    @Test
    void oneWhoseProofFailedTakesNobodysPlace() {
        var backups = List.of(
                failed("bad", at("2026-03-10T01:00:00Z"), true),
                verified("good", at("2026-03-09T01:00:00Z")),
                failed("older-bad", at("2026-03-08T01:00:00Z"), true),
                verified("older", at("2026-03-07T01:00:00Z")),
                verified("oldest", at("2026-03-06T01:00:00Z")));
        assertThat(kept(Retention.keepLast(2), backups)).containsExactly("bad", "good", "older");
    }

    @Test
    void oneThatCouldNotBeTriedIsAsGoodAsAnyOther() {
        var backups = List.of(
                failed("untried", at("2026-03-10T01:00:00Z"), false),
                stored("b", at("2026-03-09T01:00:00Z")),
                stored("c", at("2026-03-08T01:00:00Z")));
        assertThat(kept(Retention.keepLast(2), backups)).containsExactly("untried", "b");
    }

    @Test
    void itIsSaidWhyEachIsKept() {
        var plan = RetentionRules.plan(days(40), Retention.keepLast(1).monthly(2), UTC, NOW, Optional.empty());
        assertThat(plan.decisions()).hasSize(40);
        assertThat(plan.decisions().get(0).reasons())
                .containsExactly("the newest one", "one of the newest 1", "the newest one of the month 2026-03");
        assertThat(plan.decisions().stream().filter(Decision::keeps)).hasSize(2);
        assertThat(plan.removed()).hasSize(38);
    }

    /** One a day: b0 today, b1 yesterday, … */
    private static List<CataloguedBackup> days(int count) {
        var backups = new ArrayList<CataloguedBackup>();
        for (int i = 0; i < count; i++) {
            backups.add(stored("b" + i, NOW.minus(Duration.ofDays(i))));
        }
        return backups;
    }

    private static List<String> kept(Retention rules, List<CataloguedBackup> backups) {
        RetentionPlan plan = RetentionRules.plan(backups, rules, UTC, NOW, Optional.empty());
        return ids(plan.kept());
    }

    private static List<String> ids(List<CataloguedBackup> backups) {
        return backups.stream().map(backup -> backup.backup().id().value()).toList();
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }
}
