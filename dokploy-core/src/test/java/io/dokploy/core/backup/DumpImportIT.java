package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Backups;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import io.dokploy.core.database.HostileData;
import io.dokploy.core.database.MongoData;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.mongo.MongoProvisioner;
import io.dokploy.database.mongo.MongoSettings;
import io.dokploy.database.mysql.MySqlProvisioner;
import io.dokploy.database.mysql.MySqlSettings;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that Dokploy has made, with its own command lines, come back here; what is no such dump changes nothing. */
class DumpImportIT {

    private static final String DATABASE = "import-db";

    private static final String POSTGRES =
            "pg_dump -Fc --no-acl --no-owner -h localhost -U $DB_USER --no-password $DB_NAME | gzip";
    private static final String MONGO =
            "mongodump -d $DB_NAME -u $DB_USER -p $DB_PASS --archive --authenticationDatabase admin --gzip";

    private static final String MYSQL = "mysqldump --default-character-set=utf8mb4 -u $DB_USER --password=$DB_PASS"
            + " --single-transaction --no-tablespaces --quick $DB_NAME | gzip";
    private static final String MARIADB =
            "mariadb-dump --user=$DB_USER --password=$DB_PASS --single-transaction --quick --databases $DB_NAME | gzip";

    /** What such a dump holds: without routines and events. */
    private static final String SQL = """
            CREATE TABLE orders (n int PRIMARY KEY, name varchar(100), bytes varbinary(100)) CHARSET utf8mb4;
            INSERT INTO orders VALUES (1, 'it''s ; $HOME "Ω" 😀', x'00ff27225c0a'), (2, '\\nUSE `mysql`;', NULL);
            CREATE VIEW named AS SELECT name FROM orders;
            CREATE TRIGGER doubled BEFORE INSERT ON orders FOR EACH ROW SET NEW.n = NEW.n * 2;
            """;

    private static final String EVERYTHING = """
            SELECT n, name, HEX(bytes) FROM orders ORDER BY n;
            SELECT * FROM named ORDER BY 1;
            SELECT trigger_name, action_statement FROM information_schema.triggers WHERE trigger_schema = DATABASE();
            """;

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;
    private static Backups backups;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory,
                builder -> builder.plugins(Plugins.of(
                                new PostgresProvisioner(),
                                new MySqlProvisioner(),
                                new MariaDbProvisioner(),
                                new MongoProvisioner(),
                                PLACE))
                        .backupKey(BackupKey.generate()));
        backups = site.client().backups();
        backups.putTarget("bucket", TestPlace.settings());
        create(DATABASE, PostgresSettings.defaults());
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void postgresDumpOfDokployComesBack() throws IOException {
        create("import-lost", PostgresSettings.defaults());
        // The dump has no roles, so it can have nothing that needs them, nor what they may do.
        site.run("import-lost", HostileData.POSTGRES.statements() + "DROP POLICY \"only $low\" ON many;");
        var everything = HostileData.POSTGRES
                .everything()
                .lines()
                .filter(line -> !line.contains("'readers'") && !line.contains("pg_db_role_setting"))
                .collect(Collectors.joining("\n", "", "\n"))
                .replace(", lomacl", "");
        comesBack("import-lost", PostgresSettings.defaults(), POSTGRES, everything, ".sql.gz");
    }

    @Test
    void mongoDumpOfDokployComesBack() throws IOException {
        create("import-documents", MongoSettings.defaults());
        site.run("import-documents", MongoData.HOSTILE);
        site.run(
                "import-documents",
                "db.getSiblingDB('elsewhere').dropDatabase(); db.getSiblingDB('admin').dropUser('reporter');");
        comesBack("import-documents", MongoSettings.defaults(), MONGO, MongoData.EVERYTHING, ".bson.gz");
    }

    @Test
    void mariaDbDumpOfDokployComesBack() throws IOException {
        create("import-maria", MariaDbSettings.defaults());
        site.run("import-maria", SQL);
        comesBack("import-maria", MariaDbSettings.defaults(), MARIADB, EVERYTHING, ".sql.gz");
    }

    /** Apart, since MySQL takes long to start. */
    @Test
    @Tag("long")
    void mySqlDumpOfDokployComesBack() throws IOException {
        create("import-mysql", MySqlSettings.defaults());
        site.run("import-mysql", SQL);
        comesBack("import-mysql", MySqlSettings.defaults(), MYSQL, EVERYTHING, ".sql.gz");
    }

    @Test
    void sqlThatIsAnsweredALotIsReadToItsEnd() {
        var key = "answers/dump.sql";
        PLACE.put(key, text("""
                -- PostgreSQL database dump
                SELECT repeat('x', 1000) FROM generate_series(1, 5000);
                CREATE TABLE last AS SELECT 4711 AS n;
                """));
        backups.importDump(DATABASE, "bucket", key, RestoreRequest.withoutSafetyBackup())
                .await(DatabaseSite.PATIENCE);
        assertThat(site.run(DATABASE, "SELECT n FROM last;")).contains("4711");
    }

    private static void comesBack(
            String name, PluginSettings settings, String commandLine, String everything, String ending)
            throws IOException {
        var before = site.run(name, everything);
        var key = name + "-x7f3/daily/2026-08-21T15-14-50-000Z" + ending;
        PLACE.put(key, dump(name, commandLine));
        site.client().databases().delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
        create(name, settings);

        backups.importDump(name, "bucket", key).await(DatabaseSite.PATIENCE);

        assertThat(site.run(name, everything).lines().toList())
                .isEqualTo(before.lines().toList());
        assertThat(backups.list(name)).as("what was there is backed up first").hasSize(1);
    }

    @Test
    void whatIsNoDumpOfThatEngineOrNotWholeChangesNothing() throws IOException {
        site.run(DATABASE, "CREATE TABLE orders AS SELECT generate_series(1, 1000) AS n;");
        var dump = dump(DATABASE, POSTGRES);
        PLACE.put("cut.sql.gz", Arrays.copyOf(dump, dump.length - 8));
        PLACE.put("none.sql.gz", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
        PLACE.put("mysql.sql", text("-- MySQL dump 10.13  Distrib 9.3.0\nCREATE TABLE `orders` (n int);\n"));
        PLACE.put("mariadb.sql", text("/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n"));
        PLACE.put("mistake.sql", text("CREATE TABLE new_ones (n int);\nSELECT mistake;\n"));
        var container = DockerCli.containerOf(DATABASE);

        for (String key : new String[] {"none.sql.gz", "mysql.sql", "mariadb.sql"}) {
            refused(key, "no dump that postgres reads");
        }
        refused("cut.sql.gz", "changed or cut off");
        refused("mistake.sql", "mistake");

        assertThat(DockerCli.containerOf(DATABASE)).isEqualTo(container);
        assertThat(site.run(DATABASE, "SELECT count(*) FROM orders; SELECT to_regclass('new_ones') IS NULL;"))
                .contains("1000")
                .contains("t");
    }

    @Test
    void rolesThatADumpNamesAreMadeIfThatIsWanted() throws IOException {
        create("import-policies", PostgresSettings.defaults());
        site.run("import-policies", """
                CREATE ROLE readers;
                CREATE ROLE "odd ""role's $x";
                CREATE TABLE secrets AS SELECT 4711 AS n;
                CREATE POLICY low ON secrets FOR SELECT TO readers, "odd ""role's $x" USING (n < 5000);
                """);
        PLACE.put("policies.dump", dump("import-policies", POSTGRES));
        var databases = site.client().databases();
        databases.delete("import-policies", DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
        create("import-policies", PostgresSettings.defaults());
        var request = RestoreRequest.withoutSafetyBackup();

        var asked = backups.importDump("import-policies", "bucket", "policies.dump", request);
        assertThatThrownBy(() -> asked.await(DatabaseSite.PATIENCE))
                .isInstanceOfSatisfying(UserErrorException.class, refused -> {
                    assertThat(refused.failure().code()).isEqualTo("role-missing");
                    assertThat(refused).hasMessageContaining("which is not there; nothing has changed");
                    assertThat(refused.failure().remedy()).contains("makingRoles");
                });
        assertThat(databases.get("import-policies").generation()).isEqualTo(1);
        var backup = new BackupId("bak_01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThatThrownBy(() -> backups.restore(backup, "import-policies", request.makingRoles("readers")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("a backup brings its own");

        backups.importDump(
                        "import-policies",
                        "bucket",
                        "policies.dump",
                        request.makingRoles("readers", "odd \"role's $x", "app"))
                .await(DatabaseSite.PATIENCE);
        assertThat(site.run("import-policies", """
                        \\a\\t
                        SELECT polname, string_agg(rolname || ' ' || rolcanlogin, ', ' ORDER BY rolname)
                          FROM pg_policy JOIN pg_roles ON pg_roles.oid = ANY (polroles) GROUP BY polname;
                        SELECT n FROM secrets;
                        """))
                .contains("low|odd \"role's $x false, readers false")
                .contains("4711");
        assertThat(databases.isReady("import-policies"))
                .as("app logs in as before")
                .isTrue();
    }

    private static void refused(String key, String reason) {
        var asked = backups.importDump(DATABASE, "bucket", key, RestoreRequest.withoutSafetyBackup());
        assertThatThrownBy(() -> asked.await(DatabaseSite.PATIENCE))
                .as(key)
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /** As Dokploy does it. */
    private static byte[] dump(String name, String commandLine) throws IOException {
        var connection = site.client().databases().connection(name);
        var process = new ProcessBuilder(
                        "docker",
                        "exec",
                        "-e",
                        "DB_NAME=" + connection.database(),
                        "-e",
                        "DB_USER=" + connection.user(),
                        "-e",
                        "DB_PASS=" + connection.password().reveal(),
                        DockerCli.containerOf(name),
                        "bash",
                        "-c",
                        "set -o pipefail; " + commandLine)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var dump = process.getInputStream().readAllBytes();
        assertThat(process.onExit().join().exitValue()).isZero();
        return dump;
    }

    private static void create(String name, PluginSettings settings) {
        site.client()
                .databases()
                .create(DatabaseSpec.named(name, settings).build())
                .await(DatabaseSite.PATIENCE);
    }
}
