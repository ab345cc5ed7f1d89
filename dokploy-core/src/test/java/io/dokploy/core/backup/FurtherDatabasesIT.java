package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Part;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import io.dokploy.core.database.HostileData;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup of a server holds all databases that users have made in it, and so does whatever is made of it. */
class FurtherDatabasesIT {

    private static final String FOLDER = "io.dokploy.role=dump-folder";
    private static final String SALES = "Sales_2";

    /** An engine with two further databases, one of them with a name that nobody should choose. */
    enum Engine {
        POSTGRES("15", "17", "we\"ird; DROP '$HOME' \n-- 😀\\ü", """
                SELECT E'we"ird; DROP \\'$HOME\\' \\n-- 😀\\\\ü' AS weird \\gset
                """, """
                CREATE DATABASE :"weird" OWNER readers;
                ALTER DATABASE :"weird" SET work_mem = '5MB';
                ALTER ROLE readers IN DATABASE :"weird" SET search_path = "odd; schema", public;
                REVOKE TEMPORARY ON DATABASE app FROM PUBLIC;
                GRANT CREATE ON DATABASE app TO readers;
                GRANT CONNECT ON DATABASE "Sales_2" TO readers WITH GRANT OPTION;
                \\connect :"weird"
                CREATE EXTENSION pg_trgm;
                CREATE SCHEMA "odd; schema" AUTHORIZATION readers;
                CREATE TABLE "odd; schema"."t""x" (n serial PRIMARY KEY, b bytea, s text);
                INSERT INTO "odd; schema"."t""x" (b, s) SELECT '\\x00ff', E'it''s; $1 😀\\n\\\\' FROM generate_series(1, 500);
                ALTER TABLE "odd; schema"."t""x" OWNER TO readers;
                \\connect "Sales_2"
                CREATE TABLE orders AS SELECT generate_series(1, 1000) AS n;
                """, """
                SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE datname !~ '^template' ORDER BY 1;
                SELECT datname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type, is_grantable
                  FROM pg_database, aclexplode(datacl) WHERE datname !~ '^template' ORDER BY 1, 2, 3;
                SELECT datname, setrole::regrole, s.setconfig FROM pg_db_role_setting s
                  LEFT JOIN pg_database d ON d.oid = setdatabase ORDER BY 1, 2;
                \\connect :"weird"
                SELECT n, encode(b, 'hex'), s FROM "odd; schema"."t""x" ORDER BY n;
                SELECT nextval('"odd; schema"."t""x_n_seq"') > 500, (SELECT tableowner FROM pg_tables WHERE tablename = 't"x');
                SELECT extname FROM pg_extension ORDER BY 1;
                SHOW work_mem;
                \\connect "Sales_2"
                SELECT count(*), sum(n) FROM orders;
                \\connect app
                """),
        MARIADB("10.11", "11.8", "we`ird; DROP '$HOME' -- \\ü", "", """
                CREATE DATABASE `we``ird; DROP '$HOME' -- \\ü` CHARACTER SET latin1;
                USE `we``ird; DROP '$HOME' -- \\ü`;
                CREATE TABLE `t;x` (n int PRIMARY KEY, b blob, s text CHARACTER SET utf8mb4);
                INSERT INTO `t;x` WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 500)
                  SELECT i, X'00ff', 'it''s; $1 😀\n' FROM r;
                CREATE VIEW few AS SELECT n FROM `t;x` WHERE n < 10;
                CREATE FUNCTION half(n int) RETURNS int DETERMINISTIC RETURN n DIV 2;
                CREATE ROLE clerks;
                GRANT SELECT ON few TO clerks;
                USE Sales_2;
                CREATE TABLE orders AS SELECT n FROM `we``ird; DROP '$HOME' -- \\ü`.`t;x`;
                """, """
                SELECT schema_name, default_character_set_name FROM information_schema.schemata ORDER BY 1;
                SHOW GRANTS FOR clerks;
                USE `we``ird; DROP '$HOME' -- \\ü`;
                SELECT n, HEX(b), HEX(s) FROM `t;x` ORDER BY n;
                SELECT COUNT(*), half(84) FROM few;
                USE Sales_2;
                SELECT COUNT(*), SUM(n) FROM orders;
                USE app;
                """);

        final String former;
        final String later;
        final String weird;
        final String beginning;
        final String statements;
        final String everything;

        Engine(String former, String later, String weird, String beginning, String statements, String everything) {
            this.former = former;
            this.later = later;
            this.weird = weird;
            this.beginning = beginning;
            this.statements = statements;
            this.everything = everything;
        }

        PluginSettings settings() {
            return this == POSTGRES ? PostgresSettings.defaults() : MariaDbSettings.defaults();
        }

        HostileData first() {
            return HostileData.valueOf(name());
        }

        /** What newer servers may say in other words. */
        String variesBetweenVersions() {
            return this == POSTGRES ? "pg_get_viewdef" : "FOR SYSTEM_TIME ALL";
        }
    }

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory,
                builder -> builder.plugins(Plugins.of(new PostgresProvisioner(), new MariaDbProvisioner(), PLACE)));
        site.client().backups().putTarget("memory", TestPlace.settings());
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void allDatabasesOfADestroyedServerComeBackByteForByte(Engine engine) {
        var databases = site.client().databases();
        var name = filled(engine, "lost", engine.later);
        var before = everything(engine, name);
        var stored = backUp(name);
        assertThat(stored.proven()).isTrue();
        assertTellsOfAll(engine, stored.backup());

        databases.delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
        create(engine, name, engine.later);
        site.client().backups().restore(stored.backup().id(), name).await(DatabaseSite.PATIENCE);

        assertThat(everything(engine, name)).isEqualTo(before);
        assertThat(databasesOf(name)).containsExactlyInAnyOrder("app", SALES, engine.weird);
        var taken = DatabaseSpec.named("taken-" + name, engine.settings()).database(SALES);
        assertThatThrownBy(() -> site.client()
                        .backups()
                        .restoreAsNew(stored.backup().id(), taken.build())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("further database of the name " + SALES);
        databases.delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "17"})
    void dumpedByTwoConnectionsTheyComeBackToo(String version) {
        var databases = site.client().databases();
        var name = filled(
                Engine.POSTGRES,
                "parallel",
                version,
                PostgresSettings.defaults().dumpJobs(2));
        var before = everything(Engine.POSTGRES, name);
        var stored = backUp(name);
        assertThat(stored.proven()).isTrue();
        assertTellsOfAll(Engine.POSTGRES, stored.backup());
        assertThat(stored.backup().parts())
                .extracting(Part::format)
                .containsExactly("sql", "pgdir.tar", "pgdir.tar", "pgdir.tar");

        databases.delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
        create(name, version, PostgresSettings.defaults());
        site.client().backups().restore(stored.backup().id(), name).await(DatabaseSite.PATIENCE);

        assertThat(everything(Engine.POSTGRES, name)).isEqualTo(before);
        assertThat(DockerCli.containers(FOLDER)).isEmpty();
        assertThat(DockerCli.volumes(FOLDER)).isEmpty();
        databases.delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    private static void assertTellsOfAll(Engine engine, Backup backup) {
        assertThat(backup.countsExact()).isTrue();
        assertThat(backup.parts().stream().flatMap(part -> part.database().stream()))
                .containsExactlyInAnyOrder(SALES, engine.weird);
        assertThat(backup.parts()).extracting(Part::key).allMatch(key -> key.matches("[A-Za-z0-9/._-]+"));
        assertThat(backup.counts())
                .as("of the first database as ever")
                .containsKey(engine == Engine.POSTGRES ? "public.many" : "many")
                .containsEntry(
                        engine == Engine.POSTGRES ? SALES + ": public.orders" : SALES + ": orders",
                        engine == Engine.POSTGRES ? 1000L : 500L)
                .containsValue(500L);
    }

    @ParameterizedTest
    @EnumSource
    void anUpgradeKeepsThemAll(Engine engine) {
        var name = filled(engine, "older", engine.former);
        var before = everythingOfAnyVersion(engine, name);

        site.client().databases().upgrade(name, engine.later).await(DatabaseSite.PATIENCE);

        assertThat(everythingOfAnyVersion(engine, name)).isEqualTo(before);
        site.client().databases().delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    @Test
    void aDatabaseThatTheBackupDoesNotHoldIsInTheSafetyBackup() {
        var name = "late-postgres";
        create(Engine.POSTGRES, name, "17");
        var backups = site.client().backups();
        var early = backUp(name);
        site.client().databases().administration(name).createDatabase("late");

        backups.restore(early.backup().id(), name).await(DatabaseSite.PATIENCE);

        assertThat(databasesOf(name)).containsExactly("app");
        var safety = backups.list(name).stream()
                .map(CataloguedBackup::backup)
                .filter(backup -> !backup.id().equals(early.backup().id()))
                .findFirst()
                .orElseThrow();
        backups.restore(safety.id(), name).await(DatabaseSite.PATIENCE);
        assertThat(databasesOf(name)).containsExactly("app", "late");
    }

    @Test
    void aDumpForOthersIsOfOneOfThemAndNoneIsLostByAnImport() throws IOException {
        var name = create(Engine.POSTGRES, "shared-postgres", "17");
        var databases = site.client().databases();
        databases.administration(name).createDatabase("sales");
        site.run(name, "\\connect sales\nCREATE TABLE orders AS SELECT 4711 AS n;");
        var dump = new ByteArrayOutputStream();
        databases.exportDump(name, "sales", dump);
        assertThat(dump.toString(StandardCharsets.ISO_8859_1))
                .startsWith("PGDMP")
                .contains("orders");
        PLACE.put("dump", dump.toByteArray());

        var refused = site.client().backups().importDump(name, "memory", "dump");
        assertThatThrownBy(() -> refused.await(DatabaseSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("further databases, which would be gone: sales");
        databases.administration(name).dropDatabase("sales");
        site.client().backups().importDump(name, "memory", "dump").await(DatabaseSite.PATIENCE);
        assertThat(site.run(name, "SELECT n FROM orders;")).contains("4711");
    }

    private static List<String> databasesOf(String name) {
        return site.client().databases().administration(name).databases();
    }

    private static String filled(Engine engine, String what, String version) {
        return filled(engine, what, version, engine.settings());
    }

    private static String filled(Engine engine, String what, String version, PluginSettings settings) {
        var name = create(what + "-" + engine.name().toLowerCase(java.util.Locale.ROOT), version, settings);
        site.run(name, engine.first().statements());
        site.client().databases().administration(name).createDatabase(SALES);
        site.run(name, engine.beginning + engine.statements);
        return name;
    }

    private static String create(Engine engine, String name, String version) {
        return create(name, version, engine.settings());
    }

    private static String create(String name, String version, PluginSettings settings) {
        site.client()
                .databases()
                .create(DatabaseSpec.named(name, settings).version(version).build())
                .await(DatabaseSite.PATIENCE);
        return name;
    }

    private static CataloguedBackup backUp(String name) {
        return site.client().backups().backUp(name, "memory").await(DatabaseSite.PATIENCE);
    }

    private static String everything(Engine engine, String name) {
        return site.run(
                name, engine.beginning + engine.everything + engine.first().everything());
    }

    private static String everythingOfAnyVersion(Engine engine, String name) {
        var statements = engine.beginning + engine.everything + engine.first().everything();
        return site.run(
                name,
                statements
                        .lines()
                        .filter(line -> !line.contains(engine.variesBetweenVersions()))
                        .collect(Collectors.joining("\n")));
    }
}
