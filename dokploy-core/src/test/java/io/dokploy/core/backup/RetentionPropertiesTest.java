package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.RetentionPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RetentionPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Property(tries = 500)
    void itKeepsWhatThePlainestReadingKeeps(
            @ForAll("times") Set<Instant> times, @ForAll("rules") Retention rules, @ForAll("zones") ZoneId zone) {
        assertThat(times(plan(times, rules, zone).kept())).isEqualTo(NaiveRetention.kept(times, rules, zone, NOW));
    }

    @Property(tries = 200)
    void whatIsKeptIsKeptAgain(
            @ForAll("times") Set<Instant> times, @ForAll("rules") Retention rules, @ForAll("zones") ZoneId zone) {
        var once = times(plan(times, rules, zone).kept());
        assertThat(times(plan(once, rules, zone).kept())).isEqualTo(once);
    }

    @Property(tries = 200)
    void moreRulesKeepMore(
            @ForAll("times") Set<Instant> times, @ForAll("rules") Retention rules, @ForAll("zones") ZoneId zone) {
        if (rules.keepsAll()) {
            return;
        }
        var more = rules.last(rules.last() + 2).monthly(rules.monthly() + 1);
        assertThat(times(plan(times, more, zone).kept()))
                .containsAll(times(plan(times, rules, zone).kept()));
    }

    @Property(tries = 300)
    void theNewestVerifiedOneStaysAndNothingOfOthersIsTouched(
            @ForAll("states") List<Integer> states, @ForAll("rules") Retention rules) {
        var backups = new ArrayList<CataloguedBackup>();
        for (int i = 0; i < states.size(); i++) {
            var began = NOW.minus(Duration.ofHours(17L * i));
            var id = "b" + (1000 - i);
            backups.add(
                    switch (states.get(i)) {
                        case 0 -> SampleBackups.stored(id, began);
                        case 1 -> SampleBackups.verified(id, began);
                        default -> SampleBackups.failed(id, began, true);
                    });
        }
        var lastVerified = backups.stream().filter(CataloguedBackup::proven).findFirst();
        var plan = RetentionRules.plan(
                backups,
                rules,
                ZoneId.of("UTC"),
                NOW,
                lastVerified.map(good -> good.backup().id()));
        lastVerified.ifPresent(good -> assertThat(plan.kept()).contains(good));
        if (!backups.isEmpty()) {
            assertThat(plan.kept()).contains(backups.get(0));
        }
        assertThat(plan.decisions().stream().map(RetentionPlan.Decision::backup))
                .containsExactlyElementsOf(backups);
        assertThat(plan.kept().size() + plan.removed().size()).isEqualTo(backups.size());
    }

    @Provide
    Arbitrary<Set<Instant>> times() {
        return Arbitraries.integers()
                .between(0, 3 * 365 * 24 * 4)
                .map(quarters -> NOW.minus(Duration.ofMinutes(15L * quarters)))
                .set()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Retention> rules() {
        var few = Arbitraries.integers().between(0, 8);
        var age = Arbitraries.integers().between(1, 2000).map(Duration::ofHours).optional(0.3);
        return Combinators.combine(few, age, few, few, few, few)
                .as((last, within, daily, weekly, monthly, yearly) ->
                        new Retention(last, within, daily, weekly, monthly, yearly));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<List<Integer>> states() {
        return Arbitraries.integers().between(0, 2).list().ofMaxSize(40);
    }

    private static RetentionPlan plan(Set<Instant> times, Retention rules, ZoneId zone) {
        var backups = times.stream()
                .map(time -> SampleBackups.stored("b" + time.getEpochSecond(), time))
                .toList();
        return RetentionRules.plan(backups, rules, zone, NOW, Optional.<BackupId>empty());
    }

    private static Set<Instant> times(List<CataloguedBackup> backups) {
        return backups.stream().map(backup -> backup.backup().began()).collect(Collectors.toCollection(TreeSet::new));
    }
}
