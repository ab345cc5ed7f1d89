package io.dokploy.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Actor;
import io.dokploy.api.ApplicationId;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupAlerts;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.BackupSchedule.Misfire;
import io.dokploy.api.backup.BackupSchedule.Subject;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.api.value.Secret;
import io.dokploy.core.BackupKey;
import io.dokploy.core.backup.BackupKeys;
import io.dokploy.core.backup.BackupSource;
import io.dokploy.core.backup.ScheduleBackups;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.schedule.ScheduleSite.World;
import io.dokploy.core.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a schedule promises holds for whatever it backs up. */
class ScheduledSubjectsTest {

    /** What is backed up. */
    enum Of {
        A_DATABASE(Kind.DATABASE, "shop-db", "default/production/shop-db"),
        VOLUMES(Kind.VOLUMES, "shop", "default/production/shop"),
        AN_IMAGE(Kind.IMAGE, "shop", "default/production/shop"),
        THE_STORE(Kind.STORE, "", "store"),
        A_BASE(Kind.BASE, "shop-db", "default/production/shop-db");

        private final Subject subject;
        private final String words;

        Of(Kind kind, String name, String words) {
            this.subject = new Subject(kind, name);
            this.words = words;
        }

        String operation() {
            return new BackupSource(subject.kind(), "").operation();
        }

        /** A dump of a database ends no problem of its bases, nor an image one of volumes. */
        String correlation(String of) {
            return switch (this) {
                        case A_BASE -> "backup-base";
                        case AN_IMAGE -> "backup-image";
                        case A_DATABASE, VOLUMES, THE_STORE -> "backup";
                    }
                    + of + ":";
        }

        /** How its backups name the schedule. */
        String mark(String schedule) {
            return this == THE_STORE ? "default/production/" + schedule : schedule;
        }
    }

    @TempDir
    private Path directory;

    private boolean archived;
    private final CountDownLatch gate = new CountDownLatch(1);
    private World world;
    private TestDatabase database;
    private ScheduleSite site;

    @BeforeEach
    void open() {
        world = World.at("2026-03-10T00:00:00Z");
        database = TestDatabase.embedded(directory.resolve("store"));
        var keys = new BackupKeys(List.of(BackupKey.generate()));
        site = new ScheduleSite(world, database.open(world.clock()), directory, keys).work();
        site.provision("shop-db");
        site.mountVolume("shop", 1000);
        site.release("shop", "first");
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        site.close();
        database.close();
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void itRunsAtItsTimesAndEachBackupIsProvenAndSaysWhichMadeIt(Of of) {
        site.put(nightly(of).build());
        at("2026-03-10T02:59:59Z");
        assertThat(backups(of)).isEmpty();
        days(2);
        assertThat(backups(of)).hasSize(2).allSatisfy(backup -> {
            assertThat(backup.proven()).isTrue();
            assertThat(backup.backup().schedule()).contains(of.mark("nightly"));
        });
        assertThat(events(EventType.BACKUP_SUCCEEDED)).hasSize(2).allSatisfy(event -> {
            assertThat(event.subject()).isEqualTo(of.words);
            assertThat(event.data().text("schedule")).contains(of.mark("nightly"));
        });
        assertThat(events(EventType.BACKUP_LATE)).isEmpty();
        assertThat(events(EventType.BACKUP_MISSED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void missedTimesAreMadeUpForByOneRunAndTold(Of of) {
        site.put(nightly(of).build());
        at("2026-03-13T12:00:00Z");
        assertThat(backups(of)).hasSize(1);
        assertThat(events(EventType.BACKUP_MISSED)).singleElement().satisfies(event -> {
            assertThat(event.subject()).isEqualTo(of.words);
            assertThat(event.data().number("count", 0)).isEqualTo(3);
        });
        assertThat(events(EventType.BACKUP_LATE))
                .singleElement()
                .satisfies(event -> assertThat(event.subject()).isEqualTo(of.words));
    }

    @ParameterizedTest
    @EnumSource
    void missedTimesAreSkippedIfThatIsWanted(Of of) {
        site.put(nightly(of).misfire(Misfire.SKIP).build());
        at("2026-03-11T12:00:00Z");
        assertThat(backups(of)).isEmpty();
        assertThat(events(EventType.BACKUP_MISSED)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRunDoesNotOverlapTheFormerOne(Of of) {
        site.put(nightly(of).cron("*/5 * * * *").build());
        world.place().whenWritten(0, this::waitAtTheGate);
        world.clock().set("2026-03-10T00:05:00Z");
        site.lookUntilItRuns(of.operation());
        world.clock().set("2026-03-10T00:21:00Z");
        site.lookWithoutWaiting();
        assertThat(site.operations(of.operation())).hasSize(1);
        assertThat(site.runs().now(site.row("nightly"), Actor.of("test")).id())
                .as("asked for by hand it is the run that goes on")
                .isEqualTo(site.operations(of.operation()).get(0).id());
        gate.countDown();
        site.settle();
        site.look();
        assertThat(site.operations(of.operation())).hasSize(2);
        assertThat(events(EventType.BACKUP_MISSED)).hasSize(1);
    }

    private void waitAtTheGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedRunIsToldAndLeavesNothing(Of of) {
        site.put(nightly(of).build());
        var before = world.place().keys();
        world.place().failWritesAfter(0);
        days(1);
        assertThat(site.operations(of.operation()))
                .singleElement()
                .satisfies(record -> assertThat(record.state()).isEqualTo(State.FAILED));
        assertThat(events(EventType.BACKUP_FAILED)).singleElement().satisfies(event -> {
            assertThat(event.correlationKey()).isEqualTo(of.correlation("") + of.words);
            assertThat(event.data().text("schedule")).contains(of.mark("nightly"));
        });
        assertThat(backups(of)).isEmpty();
        assertThat(world.place().keys()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aBackupThatCannotBeReadAgainIsStoredAndNotProvenAndTold(Of of) {
        site.put(nightly(of).build());
        world.place().failReadsAfter(0);
        days(1);
        assertThat(backups(of)).singleElement().satisfies(backup -> {
            assertThat(backup.proven()).isFalse();
            assertThat(backup.failure()).isPresent();
        });
        assertThat(events(EventType.BACKUP_FAILED)).hasSize(1);
        assertThat(events(EventType.BACKUP_SUCCEEDED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aBackupThatIsMuchSmallerThanThoseBeforeIsTold(Of of) {
        site.put(nightly(of).build());
        holds(of, 300_000);
        days(3);
        assertThat(events(EventType.BACKUP_TOO_SMALL)).isEmpty();
        holds(of, 1000);
        days(1);
        assertThat(events(EventType.BACKUP_TOO_SMALL)).singleElement().satisfies(event -> {
            assertThat(event.subject()).isEqualTo(of.words);
            assertThat(event.data().text("backup"))
                    .contains(backups(of).get(0).backup().id().value());
        });
    }

    @ParameterizedTest
    @EnumSource
    void thatNothingWasVerifiedForTooLongIsTold(Of of) {
        site.put(nightly(of)
                .verify(VerifyPolicy.onSchedule("0 12 14 3 *"))
                .alerts(BackupAlerts.defaults().unverifiedFor(Duration.ofDays(3)))
                .build());
        days(3);
        assertThat(events(EventType.BACKUP_UNVERIFIED)).isEmpty();
        at("2026-03-13T06:00:00Z");
        assertThat(events(EventType.BACKUP_UNVERIFIED)).singleElement().satisfies(event -> {
            assertThat(event.correlationKey()).isEqualTo(of.correlation("-verified") + of.words);
            assertThat(event.data().text("schedule")).contains(of.mark("nightly"));
        });
        at("2026-03-14T12:00:00Z");
        assertThat(backups(of))
                .filteredOn(CataloguedBackup::proven)
                .as("at a time of its own")
                .hasSize(1);
        at("2026-03-16T05:00:00Z");
        assertThat(events(EventType.BACKUP_UNVERIFIED)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void eachNthIsProven(Of of) {
        site.put(nightly(of).verify(VerifyPolicy.everyNth(2)).build());
        days(3);
        assertThat(backups(of)).extracting(CataloguedBackup::proven).containsExactly(true, false, true);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatItMadeItselfAndItsRulesDoNotKeepIsRemoved(Of of) {
        site.put(nightly(of).retention(Retention.keepLast(2)).build());
        site.put(schedule("often", of).cron("0 */8 * * *").build());
        byHand(of);
        days(3);
        assertThat(madeBy(of, Optional.of("nightly"))).isEqualTo(2);
        assertThat(madeBy(of, Optional.of("often"))).isEqualTo(6);
        assertThat(madeBy(of, Optional.empty())).isEqualTo(1);
        assertThat(events(EventType.BACKUP_PRUNED))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.subject()).isEqualTo(of.words));
        var folders = world.place().keys().stream()
                .map(key -> key.replaceAll(".*(bak_[0-9A-Z]{26}).*", "$1"))
                .collect(Collectors.toSet());
        assertThat(folders)
                .as("what lies in the place is what the catalogue knows")
                .allMatch(id -> site.store().backups().find(new BackupId(id)).isPresent())
                .hasSizeGreaterThanOrEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void aDryRunSaysWhatWouldGoAndRemovesNothing(Of of) {
        site.put(nightly(of).build());
        days(3);
        site.put(nightly(of).retention(Retention.keepLast(1)).build());
        var plan = new ScheduleBackups(site.platform(), site.row("nightly")).plan();
        assertThat(plan.removed())
                .containsAll(backups(of).subList(1, 3))
                .doesNotContain(backups(of).get(0));
        assertThat(backups(of)).hasSize(3);
    }

    @Test
    void aSourceThatIsDeletedTakesItsSchedulesAlong() {
        site.put(schedule("database", Of.A_DATABASE).build());
        site.put(schedule("volumes", Of.VOLUMES).build());
        site.put(schedule("image", Of.AN_IMAGE).build());
        site.put(schedule("store", Of.THE_STORE).build());
        site.store().databases().delete(new DatabaseId(site.row("database").source()));
        site.store().applications().delete(new ApplicationId(site.row("volumes").source()));
        assertThat(site.store().schedules().all())
                .extracting(row -> row.schedule().name())
                .containsExactly("store");
    }

    @Test
    void schedulesOfTheStoreOfSeveralEnvironmentsHaveNothingToDoWithEachOther() {
        site.put(nightly(Of.THE_STORE).retention(Retention.keepLast(1)).build());
        site.store().projects().createEnvironment("default", "staging");
        site.put(
                "staging",
                nightly(Of.THE_STORE).retention(Retention.keepLast(2)).build());
        days(3);
        assertThat(backups(Of.THE_STORE))
                .extracting(backup -> backup.backup().schedule().orElseThrow())
                .containsOnly("default/production/nightly", "default/staging/nightly")
                .hasSize(3);
        site.store().projects().deleteEnvironment("default", "staging");
        assertThat(site.store().schedules().all()).hasSize(1);
    }

    @Test
    void aStoreIsNeverBackedUpWithoutAKey() throws Exception {
        site.close();
        site = new ScheduleSite(world, site.store(), directory).work();
        site.put(nightly(Of.THE_STORE).build());
        days(1);
        assertThat(world.place().keys()).isEmpty();
        assertThat(events(EventType.BACKUP_FAILED))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().text("remedy")).contains("Give one with DokployBuilder.backupKey."));
    }

    private void byHand(Of of) {
        var source = new BackupSource(of.subject.kind(), source(of));
        site.queue()
                .submit(OperationRequest.of(
                        source.operation(),
                        source.lane(),
                        of.words,
                        Actor.of("test"),
                        source.arguments().put("target", "memory").build(),
                        CataloguedBackup.class,
                        Duration.ofHours(1)))
                .await(ScheduleSite.PATIENCE);
    }

    private String source(Of of) {
        return site.store().schedules().all().stream()
                .filter(row -> row.schedule().subject().equals(of.subject))
                .findFirst()
                .orElseThrow()
                .source();
    }

    /** About so many bytes that nothing can compress. */
    private void holds(Of of, int size) {
        switch (of) {
            case A_DATABASE, A_BASE -> world.toy().holds("x".repeat(size));
            case VOLUMES -> site.mountVolume("shop", size);
            case AN_IMAGE -> site.release("shop", letters(size));
            case THE_STORE ->
                site.store()
                        .registries()
                        .put(new RegistryCredentials("registry.example.com", "ada", Secret.of(letters(size))));
        }
    }

    private static String letters(int count) {
        return new Random(4711)
                .ints(count, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private BackupSchedule.Builder nightly(Of of) {
        return schedule("nightly", of);
    }

    private BackupSchedule.Builder schedule(String name, Of of) {
        var schedule = BackupSchedule.named(name).of(of.subject).cron("0 3 * * *");
        if (of != Of.A_BASE) {
            return schedule.to("memory");
        }
        if (!archived) {
            site.archive("shop-db");
            archived = true;
        }
        return schedule;
    }

    /** Without the base that a log begins with. */
    private List<CataloguedBackup> backups(Of of) {
        return site.backups(of.subject).stream()
                .filter(backup -> !backup.backup().schedule().equals(Optional.of(Backup.POINT_IN_TIME)))
                .toList();
    }

    /** Not those of that base. */
    private List<Event> events(String type) {
        return site.events(type).stream()
                .filter(event -> !event.data().text("schedule").equals(Optional.of(Backup.POINT_IN_TIME)))
                .toList();
    }

    private long madeBy(Of of, Optional<String> schedule) {
        return backups(of).stream()
                .filter(backup -> backup.backup().schedule().equals(schedule.map(of::mark)))
                .count();
    }

    private void at(String time) {
        world.clock().set(Instant.parse(time));
        site.look();
    }

    /** The next so many runs at three, and all that is due before. */
    private void days(int count) {
        for (int i = 0; i < count; i++) {
            var due = site.row("nightly").state().due();
            while (world.clock().instant().plus(Duration.ofHours(4)).isBefore(due)) {
                world.clock().advance(Duration.ofHours(4));
                site.look();
            }
            world.clock().set(due);
            site.look();
        }
    }
}
