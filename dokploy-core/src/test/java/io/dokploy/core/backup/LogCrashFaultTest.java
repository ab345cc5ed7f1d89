package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import io.dokploy.database.postgres.PostgresSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that stores the log of a database dies while it does; whoever starts next leaves no gap. */
@Tag("long") // a lease must run out each time
class LogCrashFaultTest {

    private static final String DATABASE = "log-db";

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() throws Exception {
        var folder = Files.createDirectory(directory.resolve("folder"));
        site = new DatabaseSite(directory.resolve("site"), UnaryOperator.identity());
        site.client().backups().putTarget("folder", LocalSettings.of(folder));
        site.client()
                .databases()
                .create(DatabaseSpec.named(DATABASE, PostgresSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run(DATABASE, "CREATE TABLE orders (id text);");
        site.client().backups().pointInTime().start(DATABASE, "folder").await(DatabaseSite.PATIENCE);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {".wal", "manifest.json"})
    void whatWasCommittedBeforeAndAfterTheDeathComesBack(String object) throws Exception {
        awaitBase();
        site.stop();
        sql("TRUNCATE orders");
        sql("INSERT INTO orders VALUES ('while nobody stored')");
        sql("SELECT pg_switch_wal()");
        killedAt(object);
        sql("INSERT INTO orders VALUES ('while the program was dead')");
        site.start();
        site.run(DATABASE, "INSERT INTO orders VALUES ('since');");
        var moment = Instant.parse(
                sql("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        sql("DELETE FROM orders");

        var archive = site.client().backups().pointInTime();
        archive.restore(DATABASE, PointInTime.at(moment)).await(DatabaseSite.PATIENCE);

        assertThat(sql("SELECT string_agg(id, ',' ORDER BY id) FROM orders"))
                .isEqualTo("since,while nobody stored,while the program was dead");
        assertThat(archive.get(DATABASE).missing()).isEmpty();
    }

    /** After a restore there is another log, which begins with a base that is taken by itself. */
    private static void awaitBase() {
        var generation = "-" + site.client().databases().get(DATABASE).generation();
        Awaitility.await()
                .atMost(DatabaseSite.PATIENCE)
                .until(() -> site.client().backups().pointInTime().get(DATABASE).bases().stream()
                        .filter(CataloguedBackup::proven)
                        .map(base -> base.backup().log().orElseThrow().history())
                        .anyMatch(history -> history.endsWith(generation)));
    }

    private static void killedAt(String object) throws Exception {
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LogShippingProgram.class.getName(),
                        directory.resolve("site").toString(),
                        Long.toString(ProcessHandle.current().pid()),
                        object)
                .redirectErrorStream(true)
                .start();
        child.getOutputStream().close();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isEqualTo(137);
    }

    private static String sql(String statement) {
        return DockerCli.run(
                        "exec",
                        DockerCli.containerOf(DATABASE),
                        "psql",
                        "-U",
                        "app",
                        "-X",
                        "-q",
                        "-A",
                        "-t",
                        "-c",
                        statement)
                .strip();
    }
}
