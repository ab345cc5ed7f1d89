package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Backups;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.CheckQuery;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.VerifyPolicy;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is what was there, is proven by a restore, and never says that it is there when it is not. */
class BackupIT {

    /** What breaks careless dumps: names with quotes and newlines, binary, large values, routines, roles. */
    private static final String HOSTILE = """
            CREATE ROLE "re'porter $x" LOGIN PASSWORD 'hidden-4711';
            ALTER ROLE "re'porter $x" SET search_path = app, public;
            CREATE SCHEMA "odd; schema";
            CREATE TABLE "odd; schema"."ta""ble\nof 'names'" (id serial PRIMARY KEY, "va$lue" text, bytes bytea);
            INSERT INTO "odd; schema"."ta""ble\nof 'names'" ("va$lue", bytes) VALUES
              (E'tab\\there, newline\\n, \\\\ and ; -- $$', decode('00ff00deadbeef', 'hex')),
              ('😀 Ω \u200b', NULL), (repeat('x', 1000000), decode(repeat('00ff', 100000), 'hex'));
            CREATE TABLE many AS SELECT n AS id, md5(n::text) AS hash FROM generate_series(1, 5000) AS n;
            CREATE VIEW few AS SELECT * FROM many WHERE id < 10;
            CREATE SEQUENCE counter START 42;
            SELECT nextval('counter');
            CREATE FUNCTION half(n int) RETURNS int LANGUAGE sql AS $body$ SELECT n / 2 $body$;
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.hash := 'touched'; RETURN NEW; END $$;
            CREATE TRIGGER touched BEFORE UPDATE ON many FOR EACH ROW EXECUTE FUNCTION touch();
            SELECT lo_from_bytea(4711, decode('c0ffee', 'hex'));
            GRANT SELECT ON many TO "re'porter $x";
            """;

    private static final String EVERYTHING = """
            SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM "odd; schema"."ta""ble\nof 'names'" t;
            SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM many t;
            SELECT count(*), half(84), nextval('counter') FROM few;
            SELECT encode(lo_get(4711), 'hex');
            SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname LIKE 're%';
            SELECT setconfig FROM pg_db_role_setting;
            SELECT has_table_privilege('re''porter $x', 'many', 'SELECT');
            SELECT tgname FROM pg_trigger WHERE NOT tgisinternal;
            """;

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;
    private Backups backups;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory,
                builder -> builder.plugins(Plugins.of(new PostgresProvisioner(), PLACE))
                        .backupKey(BackupKey.generate()));
        site.client().backups().putTarget("memory", TestPlace.settings());
        site.client().databases().create(spec("shop-db").build()).await(DatabaseSite.PATIENCE);
        site.run("shop-db", HOSTILE);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void backups() {
        backups = site.client().backups();
    }

    @AfterEach
    void forget() {
        PLACE.heal();
        for (CataloguedBackup backup : backups.list("shop-db")) {
            backups.delete(backup.backup().id()).await(DatabaseSite.PATIENCE);
        }
    }

    @Test
    void whatIsRestoredIsWhatWasThere() {
        var before = site.run("shop-db", EVERYTHING.replace("nextval('counter')", "43"));
        var backup = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().countsExact()).isTrue();
        assertThat(backup.verification().orElseThrow().checks())
                .anyMatch(line -> line.contains("2 tables with 5003 rows"));
        site.run("shop-db", "DROP TABLE many CASCADE; DROP SCHEMA \"odd; schema\" CASCADE; SELECT lo_unlink(4711);");
        var restored = backups.restore(backup.backup().id(), "shop-db").await(DatabaseSite.PATIENCE);
        assertThat(restored.generation()).isGreaterThan(1);
        assertThat(site.run("shop-db", EVERYTHING.replace("nextval('counter')", "43")))
                .isEqualTo(before);
        assertThat(site.run("shop-db", "SELECT nextval('counter');")).contains("43");
        // It was loaded with settings that it must not serve with.
        assertThat(site.run("shop-db", "\\a\\t\nSHOW wal_level; SHOW synchronous_commit; SHOW autovacuum;"))
                .isEqualToIgnoringNewLines("replicaonon");
    }

    @Test
    void rowsAreCountedInWhatIsDumpedAlsoWhileOthersWrite() {
        site.run("shop-db", "CREATE TABLE written (n int); CREATE TABLE enough (n int);");
        var writer = CompletableFuture.runAsync(
                () -> site.run(
                        "shop-db",
                        "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM enough) LOOP INSERT INTO written VALUES (1); COMMIT; END LOOP; END $$;"));
        try {
            var backup = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
            assertThat(backup.backup().countsExact()).isTrue();
            assertThat(backup.proven()).isTrue();
            assertThat(writer).isNotDone();
            assertThat(Long.parseLong(site.run("shop-db", "\\a\\t\nSELECT count(*) FROM written;")
                            .strip()))
                    .isGreaterThan(backup.backup().counts().get("public.written"));
        } finally {
            site.run("shop-db", "INSERT INTO enough VALUES (1);");
            writer.join();
            site.run("shop-db", "DROP TABLE written, enough;");
        }
    }

    @Test
    void aScheduleBacksUpAndProvesOnTheRealEngine() {
        backups.schedules()
                .put(BackupSchedule.named("nightly")
                        .of("shop-db")
                        .to("memory")
                        .cron("30 2 * * *")
                        .retention(Retention.keepLast(1))
                        .verify(VerifyPolicy.everyBackup()
                                .check(CheckQuery.of("SELECT 1 + 1;").expecting("2")))
                        .build());
        var first = backups.schedules().runNow("nightly").await(DatabaseSite.PATIENCE);
        var second = backups.schedules().runNow("nightly").await(DatabaseSite.PATIENCE);
        assertThat(second.proven()).isTrue();
        assertThat(second.backup().schedule()).contains("nightly");
        assertThat(second.verification())
                .hasValueSatisfying(proof -> assertThat(proof.checks()).contains("your check query: found 2"));
        assertThat(backups.list("shop-db"))
                .as("its retention keeps one")
                .contains(second)
                .doesNotContain(first);
        backups.schedules().remove("nightly");
    }

    @Test
    void nothingReadableAndNoPasswordLiesInThePlace() {
        backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        var password =
                site.client().databases().connection("shop-db").password().reveal();
        for (String key : PLACE.keys()) {
            var content = new String(PLACE.object(key), StandardCharsets.ISO_8859_1);
            assertThat(content)
                    .doesNotContain(password)
                    .doesNotContain("hidden-4711")
                    .doesNotContain("CREATE ROLE");
        }
    }

    @Test
    void aPlaceThatIsGoneHalfWayLeavesNoBackup() {
        PLACE.failWritesAfter(50_000);
        assertThatThrownBy(() -> backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("the place is gone");
        assertThat(backups.list("shop-db")).isEmpty();
        assertThat(PLACE.keys()).isEmpty();
    }

    @Test
    void oneFlippedBitIsFoundAndNothingIsRestored() {
        refusedAfter(content -> {
            content[content.length / 2] ^= 1;
            return content;
        });
    }

    @Test
    void aTruncatedObjectIsFoundAndNothingIsRestored() {
        refusedAfter(content -> Arrays.copyOf(content, content.length - 100));
    }

    private void refusedAfter(java.util.function.UnaryOperator<byte[]> damage) {
        var backup = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        var before = site.run("shop-db", "SELECT count(*) FROM many;");
        int generation = site.client().databases().get("shop-db").generation();
        PLACE.tamper("data.pgdump", damage);
        assertThatThrownBy(
                        () -> backups.restore(backup.backup().id(), "shop-db").await(DatabaseSite.PATIENCE))
                .isInstanceOf(BackupDamagedException.class);
        assertThat(site.run("shop-db", "SELECT count(*) FROM many;")).isEqualTo(before);
        assertThat(site.client().databases().get("shop-db").generation()).isEqualTo(generation);
        assertThatThrownBy(() -> backups.verify(backup.backup().id()).await(DatabaseSite.PATIENCE))
                .isInstanceOf(BackupDamagedException.class);
    }

    @Test
    void beforeARestoreWhatIsThereIsBackedUpUnlessThatIsRefused() {
        var first = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        site.run("shop-db", "CREATE TABLE afterwards AS SELECT 1 AS n;");
        backups.restore(first.backup().id(), "shop-db").await(DatabaseSite.PATIENCE);
        var safety = backups.list("shop-db").get(0);
        assertThat(safety.backup().id()).isGreaterThan(first.backup().id());
        assertThat(safety.backup().counts()).containsEntry("public.afterwards", 1L);
        backups.restore(safety.backup().id(), "shop-db", RestoreRequest.withoutSafetyBackup())
                .await(DatabaseSite.PATIENCE);
        assertThat(site.run("shop-db", "SELECT count(*) FROM afterwards;")).contains("1");
        assertThat(backups.list("shop-db")).hasSize(2);
        site.run("shop-db", "DROP TABLE afterwards;");
    }

    @Test
    void aSafetyBackupThatFailsReplacesNothing() {
        var backup = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        int generation = site.client().databases().get("shop-db").generation();
        PLACE.failWritesAfter(50_000);
        assertThatThrownBy(
                        () -> backups.restore(backup.backup().id(), "shop-db").await(DatabaseSite.PATIENCE))
                .isInstanceOf(TemporaryException.class);
        assertThat(site.client().databases().get("shop-db").generation()).isEqualTo(generation);
        assertThat(backups.list("shop-db")).containsExactly(backup);
    }

    @Test
    void aBackupBecomesANewDatabaseBesideTheFormer() {
        var databases = site.client().databases();
        var backup = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        backups.restoreAsNew(backup.backup().id(), spec("copy-db").build()).await(DatabaseSite.PATIENCE);
        assertThat(site.run("copy-db", "SELECT count(*) FROM many;")).contains("5000");
        assertThat(databases.connection("copy-db").password())
                .isNotEqualTo(databases.connection("shop-db").password());
        databases.delete("copy-db", DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);

        PLACE.tamper("data.pgdump", content -> Arrays.copyOf(content, content.length - 100));
        assertThatThrownBy(() -> backups.restoreAsNew(
                                backup.backup().id(), spec("copy-db").build())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(BackupDamagedException.class);
        assertThat(databases.find("copy-db")).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheReasonBeforeAnythingIsMade() {
        refusedAs("\"engineVersion\":\"17\"", "\"engineVersion\":\"18\"", "older 17");
        refusedAs("\"engine\":\"postgres\"", "\"engine\":\"mysql\"", "is of mysql");
        refusedAs("\"keyFingerprint\":\"age1", "\"keyFingerprint\":\"age1x", "age1x");
        refusedAs("\"stored\":", "\"stored\":1", "bytes instead of 1");
    }

    private void refusedAs(String truth, String lie, String reason) {
        var backup = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        var id = backup.backup().id().value();
        var liar = id.substring(0, id.length() - 4) + "LIAR";
        PLACE.tamper(
                id + "/manifest.json",
                manifest -> new String(manifest, StandardCharsets.UTF_8)
                        .replace("\"" + id + "\"", "\"" + liar + "\"")
                        .replace(truth, lie)
                        .getBytes(StandardCharsets.UTF_8));
        backups.importFrom("memory").await(DatabaseSite.PATIENCE);
        int generation = site.client().databases().get("shop-db").generation();
        assertThatThrownBy(() -> backups.restore(new BackupId(liar), "shop-db", RestoreRequest.withoutSafetyBackup())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining(reason);
        assertThat(site.client().databases().get("shop-db").generation()).isEqualTo(generation);
        backups.delete(backup.backup().id()).await(DatabaseSite.PATIENCE);
    }

    @Test
    void aPlaceThatIsGoneHalfWayThroughARestoreChangesNothing() {
        var backup = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        PLACE.failReadsAfter(60_000);
        assertThatThrownBy(() -> backups.restore(backup.backup().id(), "shop-db", RestoreRequest.withoutSafetyBackup())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(TemporaryException.class)
                .hasMessageContaining("the place is gone");
        assertThat(site.run("shop-db", "SELECT count(*) FROM many;")).contains("5000");
    }

    @Test
    void anEmptyCatalogueIsFilledFromThePlace() {
        var backup = backups.backUp("shop-db", "memory").await(DatabaseSite.PATIENCE);
        assertThat(backups.importFrom("memory").await(DatabaseSite.PATIENCE)).isZero();
        var other = new TestPlace();
        assertThat(other.keys()).isEmpty();
        assertThat(backups.list("shop-db")).containsExactly(backup);
    }

    @Test
    void aDatabaseThatDoesNotRunIsNotBackedUpAndThatIsSaid() {
        var databases = site.client().databases();
        databases.create(spec("idle-db").build()).await(DatabaseSite.PATIENCE);
        databases.stop("idle-db").await(DatabaseSite.PATIENCE);
        assertThatThrownBy(() -> backups.backUp("idle-db", "memory").await(DatabaseSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("idle-db");
        assertThat(backups.list("idle-db")).isEmpty();
        databases.delete("idle-db", DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    private static DatabaseSpec.Builder spec(String name) {
        return DatabaseSpec.named(name, PostgresSettings.defaults());
    }
}
