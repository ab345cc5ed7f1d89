package io.dokploy.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Actor;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.CheckQuery;
import io.dokploy.api.backup.LogSpan;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.Verification;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.database.Database;
import io.dokploy.api.event.EventType;
import io.dokploy.core.backup.BackupSource;
import io.dokploy.core.backup.LogArchives;
import io.dokploy.core.backup.ScheduleBackups;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.schedule.ScheduleSite.World;
import io.dokploy.core.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the bases that a schedule's retention does not keep goes the log that no other base needs, and never more. */
class ScheduledBasesTest {

    @TempDir
    private Path directory;

    private World world;
    private TestDatabase store;
    private ScheduleSite site;
    private Database database;

    @BeforeEach
    void open() {
        world = World.at("2026-03-10T00:00:00Z");
        store = TestDatabase.embedded(directory.resolve("store"));
        site = new ScheduleSite(world, store.open(world.clock()), directory).work();
        site.provision("shop-db");
        database = site.store()
                .databases()
                .find("default", "production", "shop-db")
                .orElseThrow();
        site.archive("shop-db");
    }

    @AfterEach
    void close() throws Exception {
        site.close();
        store.close();
        world.close();
    }

    @Test
    void theLogFromBeforeTheOldestBaseGoesWithTheBasesBeforeIt() {
        site.put(bases().retention(Retention.keepLast(2)).build());
        days(4);
        assertThat(bases("nightly")).hasSize(2);
        assertThat(bases(Backup.POINT_IN_TIME))
                .as("that with which the log begins is no better than the others")
                .isEmpty();
        assertThat(site.backups(bases().build().subject())).hasSize(2);
        assertThat(log())
                .isNotEmpty()
                .containsExactlyElementsOf(
                        segments().stream().filter(this::isFromTheOldestBaseOn).toList());
        assertThat(segments()).allMatch(this::isFromTheOldestBaseOn);
        var archive = new LogArchives(site.platform()).of(database);
        assertThat(archive.missing()).isEmpty();
        assertThat(archive.bases()).allMatch(CataloguedBackup::proven);
    }

    private boolean isFromTheOldestBaseOn(String segment) {
        var all = site.backups(bases().build().subject());
        return segment.compareTo(span(all.get(all.size() - 1)).first()) >= 0;
    }

    @Test
    void aBaseThatSomebodyTookStaysWithTheLogSinceThen() {
        site.put(bases().retention(Retention.keepLast(1)).build());
        days(1);
        var source = new BackupSource(Kind.BASE, database.id().value());
        var byHand = site.queue()
                .submit(OperationRequest.of(
                        source.operation(),
                        source.lane(),
                        "shop-db",
                        Actor.of("test"),
                        source.arguments().build(),
                        CataloguedBackup.class,
                        Duration.ofHours(1)))
                .await(ScheduleSite.PATIENCE);
        days(3);
        assertThat(site.backups(bases().build().subject())).hasSize(2).contains(byHand);
        assertThat(log()).startsWith(span(byHand).first());
        assertThat(new LogArchives(site.platform()).of(database).missing()).isEmpty();
    }

    @Test
    void withoutRulesNothingGoes() {
        site.put(bases().build());
        days(3);
        assertThat(site.backups(bases().build().subject())).hasSize(4);
        assertThat(log()).startsWith("00000001");
        assertThat(site.events(EventType.BACKUP_PRUNED)).isEmpty();
    }

    /** A newer one lies elsewhere, where the log was stored for a while. */
    @Test
    void theNewestGoodBaseOfTheLogThatIsStoredNowStaysWhateverTheRulesSay() {
        site.put(bases().retention(Retention.keepLast(1)).build());
        days(1);
        var foundation = bases("nightly").get(0);
        var elsewhere = elsewhere(foundation.backup());
        site.store().backups().add(elsewhere, "elsewhere");
        site.store()
                .backups()
                .setVerified(
                        elsewhere.id(), new Verification(world.clock().instant(), Duration.ZERO, "toy", List.of()));
        var plan = new ScheduleBackups(site.platform(), site.row("nightly")).plan();
        assertThat(plan.removed()).isEmpty();
        assertThat(plan.decisions())
                .filteredOn(decision -> decision.backup().equals(foundation))
                .singleElement()
                .satisfies(decision ->
                        assertThat(decision.reasons()).containsExactly("what the log that is stored now stands on"));
        site.store().logArchives().delete(database.id());
        assertThat(new ScheduleBackups(site.platform(), site.row("nightly"))
                        .plan()
                        .removed())
                .as("nothing is stored any more")
                .containsExactly(foundation);
    }

    private Backup elsewhere(Backup base) {
        return new Backup(
                site.store().ids().newBackupId(),
                Kind.BASE,
                base.instance(),
                base.project(),
                base.environment(),
                base.name(),
                base.engine(),
                base.engineVersion(),
                base.serverVersion(),
                world.clock().instant().plusSeconds(60),
                base.took(),
                base.parts(),
                base.counts(),
                true,
                Optional.empty(),
                base.schedule(),
                base.log());
    }

    @Test
    void dumpsAndBasesOfOneDatabaseDoNotPruneEachOther() {
        site.put(bases().retention(Retention.keepLast(1)).build());
        site.put(BackupSchedule.named("dumps")
                .of("shop-db")
                .to("memory")
                .cron("0 3 * * *")
                .retention(Retention.keepLast(2))
                .build());
        days(4);
        assertThat(site.backups("shop-db")).hasSize(2);
        assertThat(bases("nightly")).hasSize(1);
    }

    @Test
    void theOwnersQueryIsAskedOfTheRecoveredDatabase() {
        site.put(bases().verify(
                        VerifyPolicy.everyBackup().check(CheckQuery.of("show").expecting("content")))
                .build());
        days(1);
        assertThat(bases("nightly").get(0).verification().orElseThrow().checks())
                .contains("your check query: found content");
    }

    @Test
    void whoseLogIsNotStoredAnyMoreHasNoBasesAndThatIsTold() {
        site.put(bases().build());
        site.store().logArchives().delete(database.id());
        days(1);
        assertThat(bases("nightly")).isEmpty();
        assertThat(site.events(EventType.BACKUP_FAILED))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.data().text("remedy")).contains("Begin with pointInTime().start."));
    }

    /** Nothing of it may look like a base whose log is there. */
    @Test
    void aPlaceThatDoesNotDeleteIsToldAndTheRestGoesWithTheNextSweep() {
        site.put(bases().retention(Retention.keepLast(1)).build());
        world.place().failDeletes();
        days(1);
        assertThat(site.events(EventType.BACKUP_FAILED)).hasSize(1);
        assertThat(bases("nightly")).hasSize(1);
        world.place().heal();
        world.clock().set(Instant.parse("2026-03-12T02:00:00Z"));
        site.look();
        days(1);
        var known = site.backups(bases().build().subject());
        assertThat(known).hasSize(1);
        assertThat(segments()).isNotEmpty().allMatch(this::isFromTheOldestBaseOn);
        assertThat(world.place().keys().stream().filter(key -> key.contains("/base.tar")))
                .singleElement()
                .satisfies(key -> assertThat(key).contains(idOf(known.get(0)).value()));
    }

    private static BackupId idOf(CataloguedBackup base) {
        return base.backup().id();
    }

    private static BackupSchedule.Builder bases() {
        return BackupSchedule.named("nightly").ofBase("shop-db").cron("0 3 * * *");
    }

    private List<CataloguedBackup> bases(String schedule) {
        return site.backups(bases().build().subject()).stream()
                .filter(base -> base.backup().schedule().equals(Optional.of(schedule)))
                .toList();
    }

    private static LogSpan span(CataloguedBackup base) {
        return base.backup().log().orElseThrow();
    }

    /** The segments that the catalogue knows. */
    private List<String> log() {
        var history = site.store().logArchives().all().get(0).history();
        return site.store().backups().log(history).stream()
                .flatMap(log -> log.backup().parts().stream())
                .map(Backup.Part::name)
                .sorted()
                .toList();
    }

    /** Those that lie in the place. */
    private List<String> segments() {
        return world.place().keys().stream()
                .filter(key -> key.contains(".wal"))
                .map(key -> key.replaceAll(".*/(\\d{8})\\.wal.*", "$1"))
                .sorted()
                .toList();
    }

    /** The next so many runs at three. */
    private void days(int count) {
        for (int i = 0; i < count; i++) {
            world.clock().set(site.row("nightly").state().due());
            site.look();
        }
    }
}
