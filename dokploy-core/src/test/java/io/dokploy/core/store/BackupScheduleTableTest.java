package io.dokploy.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.CheckQuery;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.KeyProvider;
import io.dokploy.core.MasterKey;
import io.dokploy.core.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schedules are kept with what they back up, whatever that is; those of the version before are read as they were. */
final class BackupScheduleTableTest {

    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");

    /** What the version before has written. */
    private static final String FORMER = """
            {"name":"nightly","database":"shop-db","target":"nas","cron":"30 2 * * *","zone":"Europe/Berlin",\
            "misfire":"SKIP","jitter":"PT15M","enabled":true,\
            "verify":{"every":1,"check":{"statement":"SELECT 1;","expected":"1"}},\
            "retention":{"last":0,"daily":7,"weekly":0,"monthly":0,"yearly":0},\
            "alerts":{"lateAfter":"PT1H","smallerThan":0.5,"unverifiedFor":"PT192H"}}""";

    private final JdbcDataSource source = new JdbcDataSource();

    @BeforeEach
    void name() {
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @Test
    void aScheduleOfTheVersionBeforeIsReadAsItWas() throws Exception {
        Schema.makeAt(source, "5");
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO dokploy_database VALUES ('db_1', 'default', 'production', 'shop-db', '{}',"
                    + " '{}', 1, '17', 1, FALSE, CURRENT_TIMESTAMP, NULL)");
            statement.execute("INSERT INTO dokploy_backup_schedule VALUES ('default', 'production', 'nightly', 'db_1',"
                    + " '" + FORMER + "', '{\"created\":\"2026-03-10T00:00:00Z\",\"due\":\"2026-03-10T01:30:00Z\","
                    + "\"starts\":\"2026-03-10T01:31:00Z\"}', NULL)");
        }
        try (var store = open()) {
            var row = store.schedules().find("default", "production", "nightly").orElseThrow();
            assertThat(row.source()).isEqualTo("db_1");
            assertThat(row.schedule()).isEqualTo(nightly());
            assertThat(row.state().starts()).isEqualTo(Instant.parse("2026-03-10T01:31:00Z"));
            assertThat(store.schedules().marked(Kind.DATABASE, "db_1", "nightly"))
                    .contains(row);
        }
    }

    /** So that the version before can still use it, while both run. */
    @Test
    void aScheduleOfADatabaseIsWrittenAsTheVersionBeforeReadsIt() throws Exception {
        try (var store = open()) {
            assertThat(store.json().store(StoredSchedule.of(nightly()))).isEqualTo(FORMER);
        }
    }

    @Test
    void whateverIsBackedUpIsKeptAndFound() {
        try (var store = open()) {
            var database = store.databases()
                    .insert("default", "production", spec(), "17")
                    .id()
                    .value();
            var application = store.applications()
                    .insert(
                            "default",
                            "production",
                            ApplicationSpec.named("shop")
                                    .source(ImageSource.of("busybox:1.37"))
                                    .mount(Mount.volume("files", "/data"))
                                    .build())
                    .id()
                    .value();
            keeps(store, nightly(), database);
            keeps(store, schedule("volumes").ofVolumes("shop").build(), application);
            keeps(
                    store,
                    schedule("still").ofVolumes("shop", DuringBackup.STOPPED).build(),
                    application);
            keeps(store, schedule("store").ofStore().build(), "");
            keeps(store, schedule("image").ofImage("shop").build(), application);
            keeps(store, schedule("bases").to("").ofBase("shop-db").build(), database);
            assertThat(store.schedules().all()).hasSize(6);
            assertThat(store.schedules().marked(Kind.BASE, database, "nightly")).isEmpty();
            assertThat(store.schedules().marked(Kind.BASE, database, "bases")).isPresent();
            assertThat(store.schedules().marked(Kind.STORE, "", "default/production/store"))
                    .isPresent();
            assertThat(store.schedules().marked(Kind.STORE, "", "store")).isEmpty();
            assertThat(store.schedules().marked(Kind.VOLUMES, database, "nightly"))
                    .isEmpty();
            assertThat(store.schedules().marked(Kind.IMAGE, application, "volumes"))
                    .isEmpty();
            assertThat(store.schedules().marked(Kind.IMAGE, application, "image"))
                    .isPresent();
        }
    }

    private static void keeps(StoreAccess store, BackupSchedule schedule, String source) {
        var state = ScheduleState.first(NOW, NOW, NOW, Optional.empty());
        var row = new ScheduleRow("default", "production", source, schedule, state);
        store.schedules().put(row);
        assertThat(store.schedules().find("default", "production", schedule.name()))
                .contains(row);
    }

    private static BackupSchedule nightly() {
        return schedule("nightly")
                .of("shop-db")
                .misfire(BackupSchedule.Misfire.SKIP)
                .jitter(Duration.ofMinutes(15))
                .verify(VerifyPolicy.everyBackup()
                        .check(CheckQuery.of("SELECT 1;").expecting("1")))
                .retention(Retention.keepAll().daily(7))
                .build();
    }

    private static BackupSchedule.Builder schedule(String name) {
        return BackupSchedule.named(name).to("nas").cron("30 2 * * *").zone(ZoneId.of("Europe/Berlin"));
    }

    private static DatabaseSpec spec() {
        return DatabaseSpec.named(
                        "shop-db",
                        () -> new SettingsDocument("any", 1, Tree.branch().build()))
                .build();
    }

    private StoreAccess open() {
        var keys = KeyProvider.of(MasterKey.of(new byte[MasterKey.LENGTH]));
        return StoreAccess.open(
                Store.exclusive(source, keys), Clock.systemUTC(), new SecureRandom(), Migration.MIGRATE);
    }
}
