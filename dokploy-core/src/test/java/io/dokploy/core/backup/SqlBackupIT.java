package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.HostileData;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.mysql.MySqlProvisioner;
import io.dokploy.database.mysql.MySqlSettings;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For every SQL engine: what was backed up comes back byte for byte, and is of one moment. */
class SqlBackupIT {

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory,
                builder -> builder.plugins(Plugins.of(
                                new PostgresProvisioner(), new MySqlProvisioner(), new MariaDbProvisioner(), PLACE))
                        .backupKey(BackupKey.generate()));
        site.client().backups().putTarget("memory", TestPlace.settings());
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDestroyedComesBackByteForByte(HostileData engine) {
        var databases = site.client().databases();
        var name = create(engine, "lost");
        site.run(name, engine.statements());
        var before = site.run(name, engine.everything());
        var password = databases.connection(name).password().reveal();
        var backup = backUp(name);
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().countsExact()).isTrue();
        for (String key : PLACE.keys()) {
            assertThat(new String(PLACE.object(key), StandardCharsets.ISO_8859_1))
                    .doesNotContain(password)
                    .doesNotContain("hidden-4711")
                    .doesNotContain("CREATE ");
        }

        databases.delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
        create(engine, "lost");
        site.client().backups().restore(backup.backup().id(), name).await(DatabaseSite.PATIENCE);

        assertSame(before, site.run(name, engine.everything()));
        databases.delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void whatIsWrittenToAtFullSpeedComesBackAsItWasAtOneMoment(HostileData engine) throws Exception {
        comesBackAsItWasAtOneMoment(engine);
    }

    /** Apart, since MySQL takes long to start. */
    @Test
    @Tag("long")
    void mySqlThatIsWrittenToAtFullSpeedComesBackAsItWasAtOneMoment() throws Exception {
        comesBackAsItWasAtOneMoment(HostileData.MYSQL);
    }

    /** Every transaction writes to both tables, so at each moment they have the same rows. */
    private static void comesBackAsItWasAtOneMoment(HostileData engine) throws Exception {
        var name = create(engine, "busy");
        site.run(name, """
                CREATE TABLE debits (n int PRIMARY KEY, filler char(200));
                CREATE TABLE large (n int PRIMARY KEY, filler char(200));
                CREATE TABLE other_credits (n int PRIMARY KEY, filler char(200));
                INSERT INTO large WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 1000) SELECT i, 'x' FROM r;
                INSERT INTO large SELECT a.n * 1000 + b.n, 'x' FROM large a JOIN large b ON a.n <= 200;
                """);
        long begun;
        CataloguedBackup backup;
        long written;
        try (var writer = new Writer(site.client().databases().client(name))) {
            writer.awaitRows(200);
            begun = rows(name, "debits");
            backup = backUp(name);
            writer.awaitRows(200);
        }
        written = rows(name, "debits");

        site.client().backups().restore(backup.backup().id(), name).await(DatabaseSite.PATIENCE);

        long restored = rows(name, "debits");
        assertThat(restored).as("it was written to all the time").isBetween(begun, written - 1);
        assertThat(rows(name, "other_credits")).isEqualTo(restored);
        assertThat(rows(name, "debits JOIN other_credits ON debits.n = other_credits.n"))
                .isEqualTo(restored);
        site.client().databases().delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    private static long rows(String name, String table) {
        var answer = site.run(name, "SELECT COUNT(*) FROM " + table + ";");
        return answer.lines()
                .map(String::strip)
                .filter(line -> line.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private static void assertSame(String before, String after) {
        var expected = before.lines().toList();
        var found = after.lines().toList();
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).isEqualTo(expected.get(i));
        }
    }

    private static CataloguedBackup backUp(String name) {
        return site.client().backups().backUp(name, "memory").await(DatabaseSite.PATIENCE);
    }

    private static String create(HostileData engine, String what) {
        var name = what + "-" + engine.name().toLowerCase(java.util.Locale.ROOT);
        site.client()
                .databases()
                .create(DatabaseSpec.named(name, settings(engine)).build())
                .await(DatabaseSite.PATIENCE);
        return name;
    }

    private static PluginSettings settings(HostileData engine) {
        return switch (engine) {
            case POSTGRES -> PostgresSettings.defaults();
            case MYSQL -> MySqlSettings.defaults();
            case MARIADB -> MariaDbSettings.defaults();
        };
    }
}
