package io.dokploy.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.BackupSchedules;
import io.dokploy.api.Backups;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.BackupAlerts;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.ForbiddenException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.BackupKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a host does with schedules of backups; when they run by themselves is another test's. */
class BackupSchedulesTest {

    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private final BackupKey key = BackupKey.generate();
    private TestDokploy dokploy;
    private Backups backups;
    private BackupSchedules schedules;

    private final MemoryPlace place = new MemoryPlace();

    @BeforeEach
    void start() {
        dokploy = TestDokploy.builder()
                .with(builder -> builder.plugin(new FileDatabase())
                        .plugin(place.inNextLife())
                        .backupKey(key)
                        .authorizer((actor, action, subject) ->
                                !forbidden.contains(action) && !forbidden.contains(action + " " + subject)))
                .start();
        FileDatabase.on(dokploy);
        backups = dokploy.client().backups();
        backups.putTarget("memory", MemoryPlace.settings());
        dokploy.client()
                .databases()
                .create(DatabaseSpec.named("shop-db", FileDatabase.settings()).build())
                .await();
        fill();
        dokploy.applications()
                .create(ApplicationSpec.named("shop")
                        .source(dokploy.directory("shop").source())
                        .mount(Mount.volume("files", "/data"))
                        .build());
        dokploy.applications().deploy("shop").await();
        schedules = backups.schedules();
    }

    private void fill() {
        var server =
                dokploy.containers().list(Map.of("io.dokploy.role", "database")).get(0);
        try (var session = dokploy.containers().exec(server.name(), FileDatabase.fill())) {
            session.stdin().write("rows\t1000\n".getBytes(StandardCharsets.UTF_8));
            session.stdin().close();
            session.stdout().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        dokploy.close();
    }

    @Test
    void whatIsBackedUpMustBeThereAndThePlaceToo() {
        refused(() -> schedules.put(yearly("a1").of("other-db").build()), "database", "other-db");
        refused(() -> schedules.put(yearly("a1").ofVolumes("other").build()), "application", "other");
        refused(() -> schedules.put(yearly("a1").ofVolumes("shop-db").build()), "application", "shop-db");
        refused(() -> schedules.put(yearly("a1").ofStore().to("other").build()), "target", "putTarget");
        refused(
                () -> schedules.put(yearly("a1")
                        .of("shop-db")
                        .cron("0 0 31 2 *")
                        .to("other")
                        .build()),
                "target",
                "never comes");
        refused(
                () -> schedules.put(yearly("a1").ofBase("shop-db").to("").build()),
                "database",
                "its log is not stored; begin with pointInTime().start");
        refused(() -> schedules.put(yearly("a1").ofBase("other-db").to("").build()), "database", "other-db");
        assertThat(schedules.list()).isEmpty();
    }

    @Test
    void whatAScheduleBacksUpStaysTheSame() {
        schedules.put(yearly("nightly").of("shop-db").build());
        refused(() -> schedules.put(yearly("nightly").ofVolumes("shop").build()), "subject", "must stay the same");
        refused(() -> schedules.put(yearly("nightly").ofStore().build()), "subject", "must stay the same");
        var changed =
                yearly("nightly").of("shop-db").retention(Retention.keepLast(3)).build();
        schedules.put(changed);
        assertThat(schedules.get("nightly").schedule()).isEqualTo(changed);
    }

    @Test
    void itIsToldWhenItRunsNextAndNotWhileItIsPaused() {
        schedules.put(yearly("nightly").of("shop-db").build());
        schedules.put(yearly("files").ofVolumes("shop").build());
        schedules.put(yearly("all").ofStore().build());
        assertThat(schedules.list())
                .extracting(status -> status.schedule().name())
                .containsExactly("all", "files", "nightly");
        var next = schedules.get("files").nextRun();
        assertThat(next).isEqualTo(next(yearly("files").ofVolumes("shop").build()));
        schedules.pause("files");
        assertThat(schedules.get("files").nextRun()).isEmpty();
        assertThat(schedules.get("files").schedule().enabled()).isFalse();
        schedules.resume("files");
        assertThat(schedules.get("files").nextRun()).isEqualTo(next);
        assertThat(schedules.get("all").lastRun()).isEmpty();
    }

    private Optional<Instant> next(BackupSchedule schedule) {
        return schedules.nextRuns(schedule, 1).stream().findFirst();
    }

    /** Nobody asked for the times that it had before. */
    @Test
    void otherTimesCountFromNowOnAndTheSameOnesGoOn() {
        schedules.put(
                yearly("nightly").of("shop-db").jitter(Duration.ofHours(12)).build());
        var before = schedules.get("nightly").nextRun();
        schedules.put(yearly("nightly")
                .of("shop-db")
                .jitter(Duration.ofHours(12))
                .retention(Retention.keepLast(2))
                .build());
        assertThat(schedules.get("nightly").nextRun())
                .as("with the jitter that it has")
                .isEqualTo(before);
        var june = yearly("nightly").of("shop-db").cron("0 0 1 6 *").build();
        schedules.put(june);
        assertThat(schedules.get("nightly").nextRun()).isEqualTo(next(june));
    }

    @Test
    void eachKindRunsWhenItIsAskedTo() {
        schedules.put(yearly("nightly").of("shop-db").build());
        schedules.put(yearly("files").ofVolumes("shop").build());
        schedules.put(yearly("all").ofStore().build());
        assertThat(run("nightly")).isEqualTo(backups.list("shop-db").get(0));
        assertThat(run("files")).isEqualTo(backups.listVolumes("shop").get(0));
        assertThat(run("all")).isEqualTo(backups.listStore().get(0));
        assertThat(schedules.get("all").lastRun().map(OperationRecord::subject)).contains("store");
        assertThat(backups.listStore().get(0).backup().schedule()).contains("default/production/all");
    }

    @Test
    void anApplicationIsHeldStillWhileItsVolumesAreReadIfThatIsWanted() {
        schedules.put(yearly("files").ofVolumes("shop", DuringBackup.STOPPED).build());
        var operation = schedules.runNow("files");
        assertThat(operation.await().proven()).isTrue();
        assertThat(operation.log().lines()).contains("Stopping shop", "shop goes on");
        schedules.put(yearly("files").ofVolumes("shop").build());
        assertThat(schedules.get("files").schedule().subject().during()).isEqualTo(DuringBackup.LIVE);
    }

    private CataloguedBackup run(String schedule) {
        var backup = schedules.runNow(schedule).await();
        assertThat(backup.proven()).as(schedule).isTrue();
        return backup;
    }

    @Test
    void aDryRunSaysWhatGoesAndPruneRemovesItOfEachKind() {
        for (var schedule : List.of(
                yearly("nightly").of("shop-db").build(),
                yearly("files").ofVolumes("shop").build(),
                yearly("all").ofStore().build())) {
            schedules.put(schedule);
            var first = run(schedule.name());
            var second = run(schedule.name());
            assertThat(schedules.preview(schedule.name()).removed()).isEmpty();
            schedules.put(schedule.toBuilder().retention(Retention.keepLast(1)).build());
            assertThat(schedules.preview(schedule.name()).removed()).containsExactly(first);
            assertThat(schedules.prune(schedule.name()).await()).isEqualTo(1);
            assertThat(schedules.preview(schedule.name()).decisions())
                    .singleElement()
                    .satisfies(decision -> assertThat(decision.backup()).isEqualTo(second));
        }
    }

    @Test
    void whatThePlaceHasLockedStaysUntilItIsFree() {
        place.lockFor(Duration.ofDays(30));
        schedules.put(
                yearly("nightly").of("shop-db").retention(Retention.keepLast(1)).build());
        var first = run("nightly");
        var second = run("nightly");
        assertThat(backups.list("shop-db")).hasSize(2);
        assertThat(schedules.prune("nightly").await()).isZero();
        assertThat(saidByTheLast("backup.prune"))
                .anyMatch(line -> line.contains(first.backup().id() + ", which its place has locked until 20"));
        assertThatThrownBy(() -> backups.delete(first.backup().id()).await())
                .isInstanceOf(UserErrorException.class)
                .hasMessageContainingAll("has locked it until 20", "Remove it after that");
        assertThat(backups.verify(first.backup().id()).await().proven())
                .as("nothing of it is gone")
                .isTrue();

        dokploy.advance(Duration.ofDays(31));
        assertThat(schedules.prune("nightly").await()).isEqualTo(1);
        assertThat(backups.list("shop-db"))
                .singleElement()
                .satisfies(kept -> assertThat(kept.backup()).isEqualTo(second.backup()));
        assertThat(place.keys())
                .noneMatch(key -> key.contains(first.backup().id().value()));
    }

    private List<String> saidByTheLast(String kind) {
        var operations = dokploy.client().operations();
        return operations.list(100).stream()
                .filter(operation -> operation.kind().equals(kind))
                .findFirst()
                .map(operation -> operations.get(operation.id()).log().lines())
                .orElseThrow();
    }

    @Test
    void whatIsForgottenLeavesItsBackupsAndWhatIsNotThereIsSaid() {
        schedules.put(yearly("files").ofVolumes("shop").build());
        run("files");
        schedules.remove("files");
        assertThat(backups.listVolumes("shop")).hasSize(1);
        assertThatThrownBy(() -> schedules.get("files"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("default/production/files");
        assertThatThrownBy(() -> schedules.runNow("files")).isInstanceOf(NotFoundException.class);
        schedules.remove("files");
    }

    @Test
    void whatIsDeletedTakesItsSchedulesAlong() {
        schedules.put(yearly("files").ofVolumes("shop").build());
        schedules.put(yearly("nightly").of("shop-db").build());
        dokploy.applications().delete("shop", DeleteRequest.keepingVolumes()).await();
        assertThat(schedules.list())
                .extracting(status -> status.schedule().name())
                .containsExactly("nightly");
    }

    /** In it is all of all environments. */
    @Test
    void whoMayNotBackUpTheStoreMayNotByASchedule() {
        schedules.put(yearly("all").ofStore().build());
        forbidden.add("backup.store");
        schedules.put(yearly("files").ofVolumes("shop").build());
        schedules.runNow("files").await();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> schedules.put(yearly("mine").ofStore().build()),
                () -> schedules.runNow("all"),
                () -> schedules.pause("all"),
                () -> schedules.prune("all"),
                () -> schedules.remove("all"))) {
            assertThatThrownBy(call).isInstanceOf(ForbiddenException.class);
        }
        assertThat(schedules.get("all").schedule().enabled()).isTrue();
    }

    @Test
    void whoMayNotSeeTheStoresBackupsDoesNotSeeThemInAPlan() {
        schedules.put(yearly("all").ofStore().build());
        schedules.put(yearly("files").ofVolumes("shop").build());
        forbidden.add("backup.read instance");
        assertThat(schedules.preview("files").kept()).isEmpty();
        assertThatThrownBy(() -> schedules.preview("all")).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void whoMayNotChangeSchedulesMayLook() {
        schedules.put(yearly("nightly").of("shop-db").build());
        forbidden.add("backup.schedule");
        assertThat(schedules.list()).hasSize(1);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> schedules.put(yearly("nightly").of("shop-db").build()),
                () -> schedules.pause("nightly"),
                () -> schedules.remove("nightly"))) {
            assertThatThrownBy(call).isInstanceOf(ForbiddenException.class);
        }
    }

    private static void refused(ThrowingCallable call, String... reasons) {
        assertThatThrownBy(call).isInstanceOf(InvalidSpecException.class).hasMessageContainingAll(reasons);
    }

    /** Its time does not come in this test. */
    private static BackupSchedule.Builder yearly(String name) {
        return BackupSchedule.named(name)
                .to("memory")
                .cron("0 0 1 1 *")
                .verify(VerifyPolicy.everyBackup())
                .alerts(BackupAlerts.defaults().unverifiedFor(Duration.ofDays(400)));
    }
}
