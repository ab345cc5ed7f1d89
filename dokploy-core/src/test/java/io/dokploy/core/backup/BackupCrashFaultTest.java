package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that takes or restores a backup, or upgrades a database, dies; the next start ends the work, and nothing is half done or left. */
class BackupCrashFaultTest {

    private static final String DATABASE = "label=io.dokploy.app.name=crash-db";
    private static final String SCRATCH = "label=io.dokploy.role=scratch";

    @TempDir
    static Path directory;

    private static final BackupKey KEY = BackupKey.generate();
    private static DatabaseSite site;
    private static Path folder;
    private static BackupId first;

    @BeforeAll
    static void backUpFirst() throws IOException {
        folder = Files.createDirectory(directory.resolve("folder"));
        site = new DatabaseSite(directory.resolve("site"), builder -> builder.backupKey(KEY));
        site.client().backups().putTarget("folder", LocalSettings.of(folder));
        site.client()
                .databases()
                .create(DatabaseSpec.named("crash-db", PostgresSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run("crash-db", "CREATE TABLE orders AS SELECT generate_series(1, 1000) AS n;");
        first = site.client()
                .backups()
                .backUp("crash-db", "folder")
                .await(DatabaseSite.PATIENCE)
                .backup()
                .id();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump", "verify"})
    void inABackup(String step) throws Exception {
        int before = site.client().backups().list("crash-db").size();
        killedIn(step, "take");
        var backups = site.client().backups().list("crash-db");
        // Others are of restores, which back up first what is there.
        assertThat(backups).hasSize(before + 1);
        assertThat(backups.get(0).proven()).isTrue();
        assertThat(manifests()).hasSize(before + 1);
        assertThat(objects())
                .as("two parts and a manifest each, and a proof of those that have one")
                .hasSize(backups.stream()
                        .mapToInt(backup -> backup.proven() ? 4 : 3)
                        .sum());
        assertServes("1000");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"restore", "swap"})
    void inARestore(String step) throws Exception {
        int generation = site.client().databases().get("crash-db").generation();
        site.run("crash-db", "INSERT INTO orders VALUES (1001);");
        killedIn(step, first.value());
        assertThat(site.client().databases().get("crash-db").generation()).isEqualTo(generation + 1);
        assertServes("1000");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdraw", "upgrade", "swap"})
    void inAnUpgrade(String step) throws Exception {
        var name = "old-db-" + step;
        site.client()
                .databases()
                .create(DatabaseSpec.named(name, PostgresSettings.defaults())
                        .version("15")
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run(name, "CREATE TABLE orders AS SELECT generate_series(1, 4711) AS n;");
        killedIn(step, "upgrade", name);
        assertThat(site.client().databases().get(name).engineVersion()).isEqualTo("17");
        assertThat(site.run(name, "SELECT count(*) FROM orders; SHOW server_version;"))
                .contains("4711", "17.");
        assertThat(docker("ps", "--all", "--quiet", "--filter", "label=io.dokploy.app.name=" + name)
                        .lines())
                .hasSize(1);
        site.client().databases().delete(name, DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    private static void killedIn(String step, String request) throws Exception {
        killedIn(step, request, "crash-db");
    }

    private static void killedIn(String step, String request, String database) throws Exception {
        site.stop();
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackingUpProgram.class.getName(),
                        directory.resolve("site").toString(),
                        KEY.identity().reveal(),
                        Long.toString(ProcessHandle.current().pid()),
                        step,
                        request,
                        database)
                .redirectErrorStream(true)
                .start();
        child.getOutputStream().close();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isEqualTo(137);
        site.start();
        var operations = site.client().operations();
        var newest = operations.list(1).get(0).id();
        operations.get(newest).await(DatabaseSite.PATIENCE);
        assertThat(operations.get(newest).record().state()).isEqualTo(OperationRecord.State.SUCCEEDED);
    }

    private static void assertServes(String rows) {
        assertThat(site.run("crash-db", "SELECT count(*) FROM orders;")).contains(rows);
    }

    /** One container of the database; at most one volume beside its own, that of the generation before. */
    private static void assertNothingIsLeft() throws Exception {
        assertThat(docker("ps", "--all", "--format", "{{.Names}}", "--filter", DATABASE)
                        .lines())
                .hasSize(1);
        var ours = "label=io.dokploy.instance="
                + docker("ps", "--format", "{{.Label \"io.dokploy.instance\"}}", "--filter", DATABASE)
                        .strip();
        assertThat(docker("ps", "--all", "--quiet", "--filter", SCRATCH, "--filter", ours))
                .isEmpty();
        assertThat(docker("volume", "ls", "--quiet", "--filter", SCRATCH, "--filter", ours))
                .isEmpty();
        assertThat(docker("volume", "ls", "--quiet", "--filter", DATABASE).lines())
                .hasSizeLessThanOrEqualTo(2);
    }

    private static List<Path> manifests() throws IOException {
        return objects().stream().filter(file -> file.endsWith("manifest.json")).toList();
    }

    private static List<Path> objects() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String docker(String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
