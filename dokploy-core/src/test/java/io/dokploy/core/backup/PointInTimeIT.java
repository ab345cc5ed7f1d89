package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.PointInTimeBackups;
import io.dokploy.api.backup.BackupAlerts;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.LogArchive;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.LogGapException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.Secret;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A PostgreSQL database is brought back to any moment since its first base: what was committed before is there, what came
 * after is not, and a moment that cannot be reached is said. One database goes through it, since each base takes its time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PointInTimeIT {

    private static final String DATABASE = "shop-db";
    private static final String COPY = "shop-copy";
    private static final String RECEIVER = "io.dokploy.role=database-log";
    private static final Secret PASSWORD = Secret.of("colon:and-4711");

    @TempDir
    static Path directory;

    private static final BackupKey KEY = BackupKey.generate();
    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;
    private static Instant between;
    private static Instant reachable;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory,
                builder -> builder.plugins(Plugins.of(new PostgresProvisioner(), PLACE))
                        .backupKey(KEY));
        site.client().backups().putTarget("memory", TestPlace.settings());
        site.client()
                .databases()
                .create(DatabaseSpec.named(DATABASE, PostgresSettings.defaults())
                        .password(PASSWORD)
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run(DATABASE, "CREATE TABLE orders (id text);");
        archive().start(DATABASE, "memory").await(DatabaseSite.PATIENCE);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    private static PointInTimeBackups archive() {
        return site.client().backups().pointInTime();
    }

    private static String orders() {
        return orders(DATABASE);
    }

    private static String orders(String database) {
        return site.run(database, "\\a\\t\nSELECT string_agg(id, ',' ORDER BY id) FROM orders;")
                .strip();
    }

    @Test
    @Order(1)
    void theFirstBaseIsProvenAndNoPasswordIsToBeSeen() {
        LogArchive archive = archive().get(DATABASE);
        assertThat(archive.bases())
                .singleElement()
                .satisfies(base -> assertThat(base.proven()).isTrue());
        assertThat(archive.missing()).isEmpty();
        assertThat(archive.failure()).isEmpty();
        assertThatThrownBy(() -> archive().start(DATABASE, "memory")).isInstanceOf(AlreadyExistsException.class);
        var receiver = DockerCli.containers(RECEIVER).get(0);
        assertThat(DockerCli.run("inspect", receiver)).contains("pg_receivewal").doesNotContain("4711");
        assertThat(DockerCli.run("top", receiver, "-o", "pid,args"))
                .contains("pg_receivewal")
                .doesNotContain("4711");
        assertThat(DockerCli.run("logs", receiver)).doesNotContain("4711");
    }

    @Test
    @Order(2)
    void whatWasCommittedBeforeTheMomentIsThereAndWhatCameAfterIsNot() {
        site.run(DATABASE, "INSERT INTO orders VALUES ('before');");
        between = now();
        site.run(DATABASE, "INSERT INTO orders VALUES ('after');");
        archive().name(DATABASE, "before-migration");
        assertThatThrownBy(() -> archive().name(DATABASE, "before-migration"))
                .isInstanceOf(AlreadyExistsException.class);
        site.run(DATABASE, "INSERT INTO orders VALUES ('migrated');");

        var restored = archive().restore(DATABASE, PointInTime.at(between)).await(DatabaseSite.PATIENCE);

        assertThat(restored.generation()).isEqualTo(2);
        assertThat(orders()).isEqualTo("before");
        assertThat(site.run(DATABASE, "\\a\\t\nSELECT pg_is_in_recovery(); SHOW hot_standby; SHOW restore_command;"))
                .isEqualToIgnoringNewLines("fon");
    }

    @Test
    @Order(3)
    void theRestoredOneIsStoredFromItsOwnFirstBaseOnWithoutBeingAsked() {
        awaitBase(2);
        site.run(DATABASE, "INSERT INTO orders VALUES ('second life');");
        var later = now();
        site.run(DATABASE, "INSERT INTO orders VALUES ('mistake');");
        aMomentIsLookedAtInANewDatabaseWhileTheOneThatServesGoesOn(later);
        archive().restore(DATABASE, PointInTime.at(later)).await(DatabaseSite.PATIENCE);
        assertThat(orders()).isEqualTo("before,second life");
    }

    private static void aMomentIsLookedAtInANewDatabaseWhileTheOneThatServesGoesOn(Instant moment) {
        var serving = DockerCli.containerOf(DATABASE);
        var ownPassword = Secret.of("own-of-the-copy-4711");
        var looked = archive()
                .restoreAsNew(
                        DATABASE, PointInTime.at(moment), copy(ownPassword).build())
                .await(DatabaseSite.PATIENCE);
        assertThat(looked.engineVersion())
                .as("that of the moment, since none was asked for")
                .isEqualTo(site.client().databases().get(DATABASE).engineVersion());
        assertThat(orders(COPY)).isEqualTo("before,second life");
        assertThat(logIn(COPY, ownPassword)).contains("let in");
        assertThat(orders()).isEqualTo("before,mistake,second life");
        assertThat(DockerCli.containerOf(DATABASE)).as("untouched").isEqualTo(serving);
        assertThat(archive().get(DATABASE).failure()).isEmpty();
        site.client().databases().delete(COPY, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    private static DatabaseSpec.Builder copy(Secret password) {
        return DatabaseSpec.named(COPY, PostgresSettings.defaults()).password(password);
    }

    private static String logIn(String database, Secret password) {
        return DockerCli.run(
                "exec",
                "--env",
                "PGPASSWORD=" + password.reveal(),
                DockerCli.containerOf(database),
                "psql",
                "--host=" + database,
                "--username=app",
                "--tuples-only",
                "--command=SELECT 'let in'");
    }

    @Test
    @Order(4)
    void aNamedMomentOfAFormerLifeIsReachedWithThePasswordOfNow() {
        var changed = Secret.of("another-4711");
        site.client().databases().changePassword(DATABASE, changed).await(DatabaseSite.PATIENCE);
        archive().restore(DATABASE, PointInTime.named("before-migration")).await(DatabaseSite.PATIENCE);
        assertThat(orders()).isEqualTo("after,before");
        assertThat(logIn(DATABASE, changed)).contains("let in");
    }

    @Test
    @Order(5)
    void aProgramThatStartsAgainGoesOnWithoutAGap() {
        awaitBase(4);
        site.stop();
        var database = DockerCli.containerOf(DATABASE);
        sql(database, "INSERT INTO orders VALUES ('unwatched')");
        var unwatched = Instant.parse(sql(
                database, "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        sql(database, "SELECT pg_switch_wal()");
        sql(database, "INSERT INTO orders VALUES ('later')");
        site.start();
        Awaitility.await()
                .atMost(DatabaseSite.PATIENCE)
                .untilAsserted(() -> assertThat(archive().get(DATABASE).until())
                        .hasValueSatisfying(until -> assertThat(until).isAfter(unwatched)));
        assertThat(archive().get(DATABASE).missing()).isEmpty();
        archive().restore(DATABASE, PointInTime.at(unwatched)).await(DatabaseSite.PATIENCE);
        assertThat(orders()).isEqualTo("after,before,unwatched");
    }

    @Test
    @Order(6)
    void aMissingSegmentIsNamedAndNothingChanges() {
        var log = awaitBase(5).backup().log().orElseThrow();
        var before = orders();
        var segment = PLACE.keys().stream()
                .filter(key -> key.contains("/" + log.last() + ".wal"))
                .reduce((former, newest) -> newest)
                .orElseThrow();
        PLACE.remove(segment);
        assertThatThrownBy(() ->
                        archive().restore(DATABASE, PointInTime.at(log.until())).await(DatabaseSite.PATIENCE))
                .isInstanceOf(LogGapException.class)
                .hasMessageContaining("gap")
                .hasMessageContaining(log.last());
        assertThat(orders()).isEqualTo(before);
    }

    /** The gap that the segment has left goes with the bases before it. */
    @Test
    @Order(7)
    void basesOfAScheduleTakeThePlaceOfFormerOnesAndTheirLog() {
        var schedules = site.client().backups().schedules();
        schedules.put(BackupSchedule.named("bases")
                .ofBase(DATABASE)
                .cron("0 0 1 1 *")
                .retention(Retention.keepLast(1))
                .alerts(BackupAlerts.defaults().unverifiedFor(Duration.ofDays(400)))
                .build());
        schedules.runNow("bases").await(DatabaseSite.PATIENCE);
        var kept = schedules.runNow("bases").await(DatabaseSite.PATIENCE);
        schedules.remove("bases");
        assertThat(kept.proven()).isTrue();
        LogArchive archive = archive().get(DATABASE);
        assertThat(archive.bases()).containsExactly(kept);
        assertThat(archive.missing()).isEmpty();
        var oldest = kept.backup().log().orElseThrow().first();
        assertThat(PLACE.keys().stream().filter(key -> key.contains(".wal")))
                .isNotEmpty()
                .allMatch(key -> key.substring(key.lastIndexOf('/') + 1).compareTo(oldest) >= 0);
        site.run(DATABASE, "INSERT INTO orders VALUES ('since the base');");
        reachable = now();
        site.run(DATABASE, "INSERT INTO orders VALUES ('mistake');");
        archive().restore(DATABASE, PointInTime.at(reachable)).await(DatabaseSite.PATIENCE);
        assertThat(orders()).isEqualTo("after,before,since the base,unwatched");
    }

    @Test
    @Order(8)
    void whatIsStoppedKeepsNoLogAnyMore() {
        archive().stop(DATABASE).await(DatabaseSite.PATIENCE);
        assertThat(site.run(DATABASE, "\\a\\t\nSELECT count(*) FROM pg_replication_slots;")
                        .strip())
                .isEqualTo("0");
        assertThat(DockerCli.containers(RECEIVER)).isEmpty();
        assertThat(DockerCli.volumes(RECEIVER)).isEmpty();
    }

    @Test
    @Order(9)
    void aDatabaseThatIsGoneComesBackAsANewOne() {
        site.client().databases().delete(DATABASE, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
        var moment = PointInTime.at(reachable);
        var password = Secret.of("once-again-4711");
        assertThatThrownBy(() -> archive()
                        .restoreAsNew(
                                DATABASE,
                                PointInTime.named("before-migration"),
                                copy(password).build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("before-migration")
                .hasMessageContaining("use a time");
        assertThatThrownBy(() -> archive()
                        .restoreAsNew(
                                DATABASE, moment, copy(password).user("owner").build())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("no user owner");
        assertThat(site.client().databases().list()).isEmpty();
        assertThat(DockerCli.containers(DockerCli.named(COPY))).isEmpty();
        assertThat(DockerCli.volumes(DockerCli.named(COPY))).isEmpty();

        archive().restoreAsNew(DATABASE, moment, copy(password).build()).await(DatabaseSite.PATIENCE);

        assertThat(orders(COPY)).isEqualTo("after,before,since the base,unwatched");
        assertThat(logIn(COPY, password)).contains("let in");
    }

    /** The first base of that generation of the database, proven. */
    private static CataloguedBackup awaitBase(int generation) {
        return Awaitility.await()
                .atMost(DatabaseSite.PATIENCE)
                .until(
                        () -> archive().get(DATABASE).bases().stream()
                                .filter(CataloguedBackup::proven)
                                .filter(base -> base.backup()
                                        .log()
                                        .orElseThrow()
                                        .history()
                                        .endsWith("-" + generation))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** By the server's clock. */
    private static Instant now() {
        return Instant.parse(site.run(
                        DATABASE,
                        "\\a\\t\nSELECT to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"');")
                .strip());
    }

    private static String sql(String container, String statement) {
        return DockerCli.run("exec", container, "psql", "-U", "app", "-X", "-q", "-A", "-t", "-c", statement)
                .strip();
    }
}
