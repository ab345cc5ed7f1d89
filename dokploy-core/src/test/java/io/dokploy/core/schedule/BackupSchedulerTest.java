package io.dokploy.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Actor;
import io.dokploy.api.OperationRecord.State;
import io.dokploy.api.backup.BackupAlerts;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.BackupSchedule.Misfire;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.CheckQuery;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.event.EventType;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.schedule.ScheduleSite.World;
import io.dokploy.core.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What schedules promise, on a clock that the test moves: the real store, queue and handlers, an engine in memory. */
class BackupSchedulerTest {

    private static final String START = "2026-03-10T00:00:00Z";

    @TempDir
    private Path directory;

    private World world;
    private TestDatabase database;
    private ScheduleSite site;

    @BeforeEach
    void open() {
        world = World.at(START);
        database = TestDatabase.embedded(directory.resolve("store"));
        site = new ScheduleSite(world, database.open(world.clock()), directory).work();
        site.provision("shop-db");
    }

    @AfterEach
    void close() throws Exception {
        site.close();
        database.close();
        world.close();
    }

    // When it runs

    @Test
    void aScheduleRunsAtItsTimesAndTheBackupSaysWhichMadeIt() {
        site.put(nightly().build());
        at("2026-03-10T02:59:59Z");
        assertThat(site.backups("shop-db")).isEmpty();
        at("2026-03-10T03:00:00Z");
        at("2026-03-10T03:00:01Z");
        at("2026-03-11T03:00:00Z");
        assertThat(site.backups("shop-db")).hasSize(2).allSatisfy(backup -> {
            assertThat(backup.backup().schedule()).contains("nightly");
            assertThat(backup.proven()).isTrue();
        });
        assertThat(site.events(EventType.BACKUP_SUCCEEDED)).hasSize(2);
        assertThat(site.events(EventType.BACKUP_LATE)).isEmpty();
        assertThat(site.events(EventType.BACKUP_MISSED)).isEmpty();
        assertThat(site.row("nightly").state().lastDue()).contains(Instant.parse("2026-03-11T03:00:00Z"));
    }

    @Test
    void aPausedScheduleDoesNothing() {
        site.put(nightly().enabled(false).build());
        at("2026-03-15T03:00:00Z");
        assertThat(site.backups("shop-db")).isEmpty();
        assertThat(site.events(EventType.BACKUP_MISSED)).isEmpty();
    }

    @Test
    void itSurvivesARestart() {
        site.put(nightly().build());
        restart();
        at("2026-03-10T03:00:00Z");
        restart();
        at("2026-03-10T03:00:01Z");
        assertThat(site.backups("shop-db")).hasSize(1);
    }

    @Test
    void aRunBeginsAtAChanceTimeUpToItsJitterAndStaysOneRun() {
        site.put(nightly().jitter(Duration.ofMinutes(60)).build());
        var starts = site.row("nightly").state().starts();
        assertThat(starts).isBetween("2026-03-10T03:00:00Z", "2026-03-10T04:00:00Z");
        assertThat(starts).isNotEqualTo(Instant.parse("2026-03-10T03:00:00Z"));
        at(starts.minusMillis(1).toString());
        assertThat(site.backups("shop-db")).isEmpty();
        at(starts.toString());
        at("2026-03-10T05:00:00Z");
        assertThat(site.backups("shop-db")).hasSize(1);
        assertThat(site.events(EventType.BACKUP_LATE)).isEmpty();
    }

    @Test
    void aRunDoesNotOverlapTheFormerOne() {
        site.put(nightly().cron("*/5 * * * *").build());
        world.toy().holdDumps();
        world.clock().set("2026-03-10T00:05:00Z");
        site.lookWithoutWaiting();
        world.clock().set("2026-03-10T00:21:00Z");
        site.lookWithoutWaiting();
        assertThat(site.operations(BackupHandlers.BACK_UP)).hasSize(1);
        world.toy().letDumpsGo();
        site.settle();
        site.look();
        assertThat(site.operations(BackupHandlers.BACK_UP)).hasSize(2);
        assertThat(site.row("nightly").state().lastDue()).contains(Instant.parse("2026-03-10T00:20:00Z"));
        assertThat(site.events(EventType.BACKUP_MISSED)).singleElement().satisfies(event -> {
            assertThat(event.data().number("count", 0)).isEqualTo(2);
            assertThat(event.data().text("first")).contains("2026-03-10T00:10:00Z");
        });
    }

    @Test
    void whatIsAskedForByHandIsTheRunThatGoesOn() {
        site.put(nightly().build());
        world.toy().holdDumps();
        var first = site.runs().now(site.row("nightly"), Actor.of("test"));
        var second = site.runs().now(site.row("nightly"), Actor.of("test"));
        world.toy().letDumpsGo();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(first.await(ScheduleSite.PATIENCE).backup().schedule()).contains("nightly");
        at("2026-03-10T03:00:00Z");
        assertThat(site.backups("shop-db")).as("the time itself still runs").hasSize(2);
    }

    @Test
    void severalProgramsOnOneStoreRunATimeOnce() throws Exception {
        site.put(nightly().cron("0 * * * *").build());
        var other = new ScheduleSite(world, site.store(), directory);
        for (int hour = 1; hour <= 8; hour++) {
            world.clock().set("2026-03-10T0" + hour + ":00:00Z");
            var beside = new Thread(other::lookWithoutWaiting);
            beside.start();
            site.lookWithoutWaiting();
            beside.join();
            site.settle();
        }
        other.close();
        assertThat(site.backups("shop-db")).hasSize(8);
        assertThat(site.operations(BackupHandlers.BACK_UP)).hasSize(8);
        assertThat(site.operations(BackupHandlers.SWEEP)).hasSize(1);
    }

    @Test
    void aDatabaseThatIsDeletedTakesItsSchedulesAlong() {
        site.put(nightly().build());
        site.store().databases().delete(new DatabaseId(site.row("nightly").source()));
        assertThat(site.store().schedules().all()).isEmpty();
    }

    // Times at which nothing ran

    @Test
    void missedTimesAreMadeUpForByOneRunAndTold() {
        site.put(nightly().build());
        at("2026-03-13T12:00:00Z");
        assertThat(site.backups("shop-db")).hasSize(1);
        assertThat(site.events(EventType.BACKUP_MISSED)).singleElement().satisfies(event -> {
            assertThat(event.data().number("count", 0)).isEqualTo(3);
            assertThat(event.data().text("last")).contains("2026-03-12T03:00:00Z");
            assertThat(event.subject()).isEqualTo("default/production/shop-db");
        });
        assertThat(site.events(EventType.BACKUP_LATE)).singleElement().satisfies(event -> {
            assertThat(event.data().text("due")).contains("2026-03-13T03:00:00Z");
            assertThat(event.data().number("seconds", 0)).isEqualTo(9 * 3600);
        });
        at("2026-03-14T03:00:00Z");
        assertThat(site.backups("shop-db")).hasSize(2);
    }

    @Test
    void missedTimesAreSkippedAndToldIfThatIsWanted() {
        site.put(nightly().misfire(Misfire.SKIP).build());
        at("2026-03-11T12:00:00Z");
        assertThat(site.backups("shop-db")).isEmpty();
        assertThat(site.events(EventType.BACKUP_MISSED))
                .singleElement()
                .satisfies(event -> assertThat(event.data().number("count", 0)).isEqualTo(2));
        at("2026-03-12T03:00:30Z");
        assertThat(site.backups("shop-db")).hasSize(1);
    }

    @Test
    void aLittleLateIsNeitherLateNorMissed() {
        site.put(nightly().misfire(Misfire.SKIP).build());
        at("2026-03-10T03:59:00Z");
        assertThat(site.backups("shop-db")).hasSize(1);
        assertThat(site.events(EventType.BACKUP_LATE)).isEmpty();
        assertThat(site.events(EventType.BACKUP_MISSED)).isEmpty();
    }

    @Test
    void aRunThatWaitsForTheFormerOneTooLongIsToldOnce() {
        site.put(nightly().cron("0 */4 * * *").build());
        world.toy().holdDumps();
        world.clock().set("2026-03-10T04:00:00Z");
        site.lookUntilItRuns();
        world.clock().set("2026-03-10T08:59:00Z");
        site.lookWithoutWaiting();
        assertThat(site.events(EventType.BACKUP_LATE)).isEmpty();
        for (String time : List.of("2026-03-10T09:01:00Z", "2026-03-10T09:05:00Z")) {
            world.clock().set(time);
            site.lookWithoutWaiting();
        }
        assertThat(site.events(EventType.BACKUP_LATE))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().text("reason").orElseThrow()).contains("the former run goes on"));
        world.toy().letDumpsGo();
        site.settle();
        site.look();
        assertThat(site.events(EventType.BACKUP_LATE)).as("it is told already").hasSize(1);
    }

    @Test
    void aRunThatNoWorkerTakesIsToldToBeLate() {
        site.put(nightly().build());
        site.close();
        site.store().close();
        site = new ScheduleSite(world, database.open(world.clock()), directory);
        world.clock().set("2026-03-10T03:00:00Z");
        site.lookWithoutWaiting();
        world.clock().set("2026-03-10T04:02:00Z");
        site.lookWithoutWaiting();
        assertThat(site.events(EventType.BACKUP_LATE))
                .singleElement()
                .satisfies(event -> assertThat(event.data().text("reason")).contains("it waits for its turn"));
    }

    // Clocks

    @Test
    void theHourThatDoesNotExistAndTheOneThatComesTwiceRunOnce() {
        site.put(nightly().cron("30 2 * * *").zone(ZoneId.of("Europe/Berlin")).build());
        world.clock().set("2026-03-28T12:00:00Z");
        site.put(nightly().cron("30 2 * * *").zone(ZoneId.of("Europe/Berlin")).build());
        site.pass(Instant.parse("2026-03-30T12:00:00Z"), Duration.ofMinutes(30));
        assertThat(times()).containsExactly("2026-03-30T00:30:00Z", "2026-03-29T01:00:00Z");
        world.clock().set("2026-10-24T12:00:00Z");
        site.put(nightly().cron("30 2 * * *").zone(ZoneId.of("Europe/Berlin")).build());
        site.pass(Instant.parse("2026-10-26T12:00:00Z"), Duration.ofMinutes(30));
        assertThat(times().subList(0, 2)).containsExactly("2026-10-26T01:30:00Z", "2026-10-25T00:30:00Z");
        assertThat(times()).hasSize(4);
    }

    @Test
    void aClockThatIsPutBackALittleRunsNothingTwice() {
        site.put(nightly().build());
        at("2026-03-10T03:00:00Z");
        at("2026-03-10T02:50:00Z");
        at("2026-03-10T03:00:00Z");
        at("2026-03-10T03:10:00Z");
        assertThat(site.operations(BackupHandlers.BACK_UP)).hasSize(1);
        at("2026-03-11T03:00:00Z");
        assertThat(site.operations(BackupHandlers.BACK_UP)).hasSize(2);
    }

    @Test
    void aClockThatWasFarAheadForAWhileLosesNoTimes() {
        site.put(nightly().build());
        at("2027-06-01T12:00:00Z");
        assertThat(site.backups("shop-db")).hasSize(1);
        at("2026-03-10T02:00:00Z");
        at("2026-03-10T03:00:00Z");
        at("2026-03-11T03:00:00Z");
        assertThat(site.backups("shop-db")).hasSize(3);
    }

    // Proofs

    @Test
    void eachNthIsProvenAndAFailedProofIsTriedAgainWithTheNext() {
        site.put(nightly().verify(VerifyPolicy.everyNth(3)).build());
        days(4);
        assertThat(proven()).containsExactly(true, false, false, true);
        world.toy().restoreLoses(true);
        days(3);
        world.toy().restoreLoses(false);
        days(1);
        assertThat(proven().subList(0, 4)).containsExactly(true, false, false, false);
        assertThat(site.backups("shop-db").get(1).failure().orElseThrow().reason())
                .contains("what was restored is not what was dumped");
        assertThat(site.backups("shop-db").get(1).failure().orElseThrow().conclusive())
                .isTrue();
    }

    @Test
    void theNewestIsProvenAtTimesOfItsOwn() {
        site.put(nightly().verify(VerifyPolicy.onSchedule("0 12 * * SUN")).build());
        site.pass(Instant.parse("2026-03-16T04:00:00Z"), Duration.ofHours(3));
        assertThat(site.backups("shop-db")).hasSize(7);
        assertThat(site.backups("shop-db").stream().filter(CataloguedBackup::proven))
                .singleElement()
                .satisfies(
                        backup -> assertThat(backup.backup().began()).isEqualTo(Instant.parse("2026-03-15T03:00:00Z")));
    }

    @Test
    void theOwnersQueryIsAskedOfTheRestoredDatabase() {
        world.toy().holds("forty-two");
        site.put(nightly()
                .verify(VerifyPolicy.everyBackup().check(CheckQuery.of("show").expecting("forty-two")))
                .build());
        days(1);
        assertThat(site.backups("shop-db").get(0).verification().orElseThrow().checks())
                .contains("your check query: found forty-two");
    }

    @Test
    void anAnswerThatIsNotExpectedIsNoProof() {
        site.put(nightly()
                .verify(VerifyPolicy.everyBackup().check(CheckQuery.of("show").expecting("forty-two")))
                .build());
        days(1);
        assertNotProven("its output has no line \"forty-two\"; it begins with [content, (1 row)]");
    }

    @Test
    void aQueryThatFailsIsNoProof() {
        site.put(nightly()
                .verify(VerifyPolicy.everyBackup().check(CheckQuery.of("fail")))
                .build());
        days(1);
        assertNotProven("ended with exit code 3");
    }

    private void assertNotProven(String reason) {
        var backup = site.backups("shop-db").get(0);
        assertThat(backup.proven()).isFalse();
        assertThat(backup.failure().orElseThrow().reason()).contains(reason);
        assertThat(site.events(EventType.BACKUP_FAILED)).singleElement().satisfies(event -> {
            assertThat(event.data().text("reason").orElseThrow()).contains(reason);
            assertThat(event.data().text("schedule")).contains("nightly");
        });
        assertThat(site.events(EventType.BACKUP_SUCCEEDED)).isEmpty();
    }

    // Alerts

    @Test
    void aFailedRunIsTold() {
        site.put(nightly().build());
        world.toy().dumpFails(true);
        days(1);
        assertThat(site.operations(BackupHandlers.BACK_UP))
                .singleElement()
                .satisfies(record -> assertThat(record.state()).isEqualTo(State.FAILED));
        assertThat(site.events(EventType.BACKUP_FAILED)).singleElement().satisfies(event -> {
            assertThat(event.data().text("code")).contains("engine-command-failed");
            assertThat(event.correlationKey()).isEqualTo("backup:default/production/shop-db");
        });
        world.toy().dumpFails(false);
        days(1);
        assertThat(site.events(EventType.BACKUP_SUCCEEDED))
                .singleElement()
                .satisfies(event -> assertThat(event.correlationKey()).isEqualTo("backup:default/production/shop-db"));
    }

    @Test
    void aBackupThatIsMuchSmallerThanThoseBeforeIsTold() {
        site.put(nightly().build());
        world.toy().holds("x".repeat(1000));
        days(4);
        world.toy().holds("x".repeat(500));
        days(1);
        assertThat(site.events(EventType.BACKUP_TOO_SMALL)).as("half is enough").isEmpty();
        world.toy().holds("x".repeat(499));
        days(1);
        assertThat(site.events(EventType.BACKUP_TOO_SMALL)).singleElement().satisfies(event -> {
            assertThat(event.data().number("bytes", 0)).isEqualTo(499);
            assertThat(event.data().number("median", 0)).isEqualTo(1000);
        });
    }

    @Test
    void theFractionCanBeChosenAndThreeFormerOnesAreNeeded() {
        site.put(nightly().alerts(BackupAlerts.defaults().smallerThan(0.9)).build());
        world.toy().holds("x".repeat(1000));
        days(2);
        world.toy().holds("x".repeat(100));
        days(1);
        assertThat(site.events(EventType.BACKUP_TOO_SMALL)).isEmpty();
        world.toy().holds("x".repeat(899));
        days(1);
        assertThat(site.events(EventType.BACKUP_TOO_SMALL)).hasSize(1);
    }

    @Test
    void thatNothingWasVerifiedForTooLongIsToldAndToldAgainMuchLater() {
        site.put(nightly()
                .alerts(BackupAlerts.defaults().unverifiedFor(Duration.ofDays(3)))
                .build());
        days(1);
        world.toy().restoreLoses(true);
        site.pass(Instant.parse("2026-03-13T02:00:00Z"), Duration.ofHours(6));
        assertThat(site.events(EventType.BACKUP_UNVERIFIED)).isEmpty();
        site.pass(Instant.parse("2026-03-15T02:00:00Z"), Duration.ofHours(6));
        assertThat(site.events(EventType.BACKUP_UNVERIFIED)).singleElement().satisfies(event -> {
            assertThat(event.data().text("since")).contains("2026-03-10T03:00:00Z");
            assertThat(event.correlationKey()).isEqualTo("backup-verified:default/production/shop-db");
        });
        site.pass(Instant.parse("2026-03-16T12:00:00Z"), Duration.ofHours(6));
        assertThat(site.events(EventType.BACKUP_UNVERIFIED)).hasSize(2);
        world.toy().restoreLoses(false);
        site.pass(Instant.parse("2026-03-20T02:00:00Z"), Duration.ofHours(6));
        assertThat(site.events(EventType.BACKUP_UNVERIFIED)).hasSize(2);
    }

    // Retention

    @Test
    void whatIsRemovedLosesItsManifestFirst() {
        site.put(nightly().retention(Retention.keepLast(1)).build());
        days(2);
        assertThat(world.place().deleted().stream().map(key -> key.substring(key.lastIndexOf('/') + 1)))
                .containsExactly("manifest.json", "verified.json", "data.toy");
        assertThat(site.backups("shop-db")).hasSize(1);
        assertThat(world.place().keys()).hasSize(3);
        assertThat(site.events(EventType.BACKUP_PRUNED)).hasSize(1);
    }

    @Test
    void aPlaceThatDoesNotDeleteIsToldAndTheBackupIsGoodAllTheSame() {
        site.put(nightly().retention(Retention.keepLast(1)).build());
        days(1);
        world.place().failDeletes();
        days(1);
        assertThat(site.operations(BackupHandlers.BACK_UP)).allMatch(record -> record.state() == State.SUCCEEDED);
        assertThat(site.events(EventType.BACKUP_FAILED))
                .singleElement()
                .satisfies(event -> assertThat(event.data().text("kind")).contains(BackupHandlers.PRUNE));
        assertThat(site.backups("shop-db"))
                .as("one whose removal has begun is no backup")
                .hasSize(1);
        world.place().heal();
        days(1);
        assertThat(world.place().keys())
                .as("its rest is removed with the next look")
                .hasSize(3);
    }

    @Test
    void schedulesDoNotPruneEachOthersNorWhatWasTakenByHand() {
        site.put(nightly().retention(Retention.keepLast(2)).build());
        site.put(nightly("often")
                .cron("0 */6 * * *")
                .retention(Retention.keepLast(3))
                .build());
        site.pass(Instant.parse("2026-03-13T12:00:00Z"), Duration.ofHours(3));
        assertThat(madeBy("nightly")).hasSize(2);
        assertThat(madeBy("often")).hasSize(3);
        site.store().schedules().remove("default", "production", "nightly");
        site.pass(Instant.parse("2026-03-14T12:00:00Z"), Duration.ofHours(3));
        assertThat(madeBy("nightly")).as("nobody removes them any more").hasSize(2);
    }

    // What dead runs left

    @Test
    void whatDeadRunsLeftIsRemovedOnceItIsOldAndNothingElse() {
        var instance = site.store().instance();
        var ours = "dokploy/" + instance + "/default/production/shop-db/";
        site.put(nightly().build());
        days(1);
        var whole = world.place().keys();
        world.place().put(ours + "bak_01ARZ3NDEKTSV4RRFFQ69G5FAV/data.toy", new byte[1]);
        world.place().put(ours + "bak_01ARZ3NDEKTSV4RRFFQ69G5FAV/roles.toy", new byte[1]);
        world.place().put("dokploy/" + instance + "/test-bak_01ARZ3NDEKTSV4RRFFQ69G5FAV", new byte[1]);
        world.place()
                .put("dokploy/other/default/production/shop-db/bak_01ARZ3NDEKTSV4RRFFQ69G5FAV/data.toy", new byte[1]);
        world.place().put(ours + "readme.txt", new byte[1]);
        world.place().leaveUpload();
        at("2026-03-11T02:00:00Z");
        assertThat(world.place().deleted()).as("it may be somebody's work").isEmpty();
        at("2026-03-12T02:00:00Z");
        assertThat(world.place().deleted())
                .containsExactlyInAnyOrder(
                        ours + "bak_01ARZ3NDEKTSV4RRFFQ69G5FAV/data.toy",
                        ours + "bak_01ARZ3NDEKTSV4RRFFQ69G5FAV/roles.toy",
                        "dokploy/" + instance + "/test-bak_01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThat(world.place().keys()).containsAll(whole);
        assertThat(site.events(EventType.BACKUP_TARGET_SWEPT))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.data().number("uploads", 0)).isEqualTo(1));
    }

    @Test
    void aPlaceIsSweptOnceADay() {
        for (String time : List.of("2026-03-10T01:00:00Z", "2026-03-10T23:00:00Z")) {
            at(time);
            restart();
        }
        at("2026-03-10T23:30:00Z");
        assertThat(site.operations(BackupHandlers.SWEEP)).hasSize(1);
        at("2026-03-11T00:30:00Z");
        assertThat(site.operations(BackupHandlers.SWEEP)).hasSize(2);
    }

    private static BackupSchedule.Builder nightly() {
        return nightly("nightly");
    }

    private static BackupSchedule.Builder nightly(String name) {
        return BackupSchedule.named(name).of("shop-db").to("memory").cron("0 3 * * *");
    }

    private void at(String time) {
        world.clock().set(time);
        site.look();
    }

    /** The next so many runs at three. */
    private void days(int count) {
        for (int i = 0; i < count; i++) {
            world.clock().set(site.row("nightly").state().due());
            site.look();
        }
    }

    private void restart() {
        site.close();
        site.store().close();
        site = new ScheduleSite(world, database.open(world.clock()), directory).work();
    }

    private List<String> times() {
        return site.backups("shop-db").stream()
                .map(backup -> backup.backup().began().toString())
                .toList();
    }

    private List<Boolean> proven() {
        return site.backups("shop-db").stream().map(CataloguedBackup::proven).toList();
    }

    private List<CataloguedBackup> madeBy(String schedule) {
        return site.backups("shop-db").stream()
                .filter(backup -> backup.backup().schedule().equals(Optional.of(schedule)))
                .toList();
    }
}
