package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.Backups;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.DokployException;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool, the database or the disk fails in the middle: nothing is said to be there that is not, what serves stays. */
class BackupFaultTest {

    private static final int ROWS = 400_000;
    private static final long EARLY = 1_000_000;

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static volatile boolean smallVolumes;
    private static DatabaseSite site;
    private static Backups backups;

    @BeforeAll
    static void open() {
        var engine = withSmallVolumes(DockerEngine.connect(
                DockerEndpoint.local(),
                DockerTools.installed(directory.resolve("tools"))
                        .labels(Map.of(
                                "io.dokploy.run",
                                "test",
                                "io.dokploy.run.pid",
                                Long.toString(ProcessHandle.current().pid())))));
        site = new DatabaseSite(
                directory.resolve("site"),
                builder -> builder.plugins(Plugins.of(new PostgresProvisioner(), PLACE))
                        .backupKey(BackupKey.generate())
                        .engine(engine));
        backups = site.client().backups();
        backups.putTarget("memory", TestPlace.settings());
        site.client()
                .databases()
                .create(DatabaseSpec.named("big-db", PostgresSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run(
                "big-db",
                "CREATE TABLE many AS SELECT md5(random()::text) || md5(random()::text) AS hash FROM generate_series(1, "
                        + ROWS + ");");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @AfterEach
    void heal() {
        smallVolumes = false;
        PLACE.heal();
    }

    @Test
    void aDumpToolThatIsKilledHalfWayLeavesNoBackup() {
        PLACE.whenWritten(EARLY, BackupFaultTest::killDumpTool);
        assertThatThrownBy(() -> backups.backUp("big-db", "memory").await(DatabaseSite.PATIENCE))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("pg_dump ended with exit code 137");
        assertNothingIsStored();
    }

    @Test
    void aDatabaseThatIsKilledInABackupLeavesNoBackup() {
        PLACE.whenWritten(EARLY, () -> docker("kill", container()));
        assertThatThrownBy(() -> backups.backUp("big-db", "memory").await(DatabaseSite.PATIENCE))
                .isInstanceOf(DokployException.class);
        site.client().databases().start("big-db").await(DatabaseSite.PATIENCE);
        assertNothingIsStored();
    }

    @Test
    void aFullDiskInARestoreChangesNothing() {
        var backup = backups.backUp("big-db", "memory")
                .await(DatabaseSite.PATIENCE)
                .backup()
                .id();
        smallVolumes = true;
        assertThatThrownBy(() -> backups.restore(backup, "big-db", RestoreRequest.withoutSafetyBackup())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("No space left on device");
        assertServes();
        assertThat(docker("volume", "ls", "--quiet", "--filter", "label=io.dokploy.app.name=big-db")
                        .lines())
                .hasSize(1);
        assertThatThrownBy(() -> backups.verify(backup).await(DatabaseSite.PATIENCE))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("No space left on device");
        backups.delete(backup).await(DatabaseSite.PATIENCE);
    }

    private static void assertNothingIsStored() {
        assertThat(backups.list("big-db")).isEmpty();
        assertThat(PLACE.keys()).isEmpty();
        assertServes();
    }

    private static void assertServes() {
        assertThat(site.client().databases().get("big-db").generation()).isEqualTo(1);
        assertThat(site.run("big-db", "SELECT count(*) FROM many;")).contains(Integer.toString(ROWS));
    }

    /** The engine does not tell of the end of this command before the dump's output is read, so nobody waits for it. */
    private static void killDumpTool() {
        try {
            new ProcessBuilder("docker", "exec", "--detach", container(), "sh", "-c", """
                            for p in /proc/[0-9]*; do
                              read -r name <$p/comm; if [ "$name" = pg_dump ]; then kill -9 ${p#/proc/}; fi
                            done
                            """)
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().until(() -> !docker("top", container(), "-eo", "pid,comm").contains("pg_dump"));
    }

    private static String container() {
        return docker("ps", "--quiet", "--filter", "label=io.dokploy.app.name=big-db")
                .strip();
    }

    /** The real engine, whose volumes have 90 MB in memory when they are wanted small. */
    private static ContainerEngine withSmallVolumes(ContainerEngine engine) {
        return (ContainerEngine) Proxy.newProxyInstance(
                BackupFaultTest.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (proxy, method, arguments) -> {
                    if (smallVolumes && method.getName().equals("ensureVolume")) {
                        return makeSmall((String) arguments[0], (Map<?, ?>) arguments[1]);
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Object makeSmall(String name, Map<?, ?> labels) {
        var command = new ArrayList<>(List.of("volume", "create", "--opt", "type=tmpfs", "--opt", "device=tmpfs"));
        command.addAll(List.of("--opt", "o=size=90m"));
        labels.forEach((label, value) -> command.addAll(List.of("--label", label + "=" + value)));
        command.add(name);
        docker(command.toArray(String[]::new));
        return null;
    }

    private static String docker(String... arguments) {
        try {
            var command = new ArrayList<>(List.of("docker"));
            command.addAll(List.of(arguments));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
