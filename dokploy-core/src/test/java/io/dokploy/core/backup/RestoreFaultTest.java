package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Backups;
import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.DokployException;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import io.dokploy.core.docker.DockerEndpoint;
import io.dokploy.core.docker.DockerEngine;
import io.dokploy.core.docker.DockerTools;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import io.dokploy.spi.engine.ContainerEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool, the new server or the disk fails in the middle of a restore: that is said, and what serves goes on serving. */
class RestoreFaultTest {

    private static final long EARLY = 1_000_000;

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static volatile boolean smallVolumes;
    private static DatabaseSite site;
    private static Backups backups;
    private static BackupId backup;

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
                .create(DatabaseSpec.named("large-db", PostgresSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run(
                "large-db",
                "CREATE TABLE many AS SELECT sha512(random()::text::bytea) AS hash FROM generate_series(1, 300000);");
        backup = backups.backUp("large-db", "memory")
                .await(DatabaseSite.PATIENCE)
                .backup()
                .id();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @AfterEach
    void heal() {
        smallVolumes = false;
    }

    @Test
    void aFullDiskChangesNothing() {
        smallVolumes = true;
        assertThatThrownBy(RestoreFaultTest::restore)
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("large-db")
                .hasMessageContaining("No space left on device");
        assertServes();
        assertThatThrownBy(() -> backups.verify(backup).await(DatabaseSite.PATIENCE))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("No space left on device");
        assertThat(backups.list("large-db").get(0).failure().orElseThrow().conclusive())
                .as("it says nothing of the backup")
                .isFalse();
    }

    @Test
    void aToolThatIsKilledChangesNothing() {
        PLACE.whenRead(EARLY, () -> DockerCli.killInside(aside(), "pg_restore"));
        assertThatThrownBy(RestoreFaultTest::restore)
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("large-db")
                .hasMessageContaining("pg_restore ended with exit code 137");
        assertServes();
    }

    @Test
    void aNewServerThatIsKilledChangesNothing() {
        PLACE.whenRead(EARLY, () -> DockerCli.kill(aside()));
        assertThatThrownBy(RestoreFaultTest::restore)
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("large-db")
                .hasMessageContaining("pg_restore ended with exit code 137");
        assertServes();
    }

    private static void restore() {
        backups.restore(backup, "large-db", RestoreRequest.withoutSafetyBackup())
                .await(DatabaseSite.PATIENCE);
    }

    private static void assertServes() {
        assertThat(site.client().databases().get("large-db").generation()).isEqualTo(1);
        assertThat(site.run("large-db", "SELECT count(*) FROM many;")).contains("300000");
        assertThat(DockerCli.containers(DockerCli.named("large-db"))).hasSize(1);
        assertThat(DockerCli.volumes(DockerCli.named("large-db"))).hasSize(1);
    }

    /** The newer of the two containers. */
    private static String aside() {
        return DockerCli.containerOf("large-db").lines().findFirst().orElseThrow();
    }

    /** The real engine, whose volumes have 70 MB in memory when they are wanted small. */
    private static ContainerEngine withSmallVolumes(ContainerEngine engine) {
        return (ContainerEngine) Proxy.newProxyInstance(
                RestoreFaultTest.class.getClassLoader(),
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
        command.addAll(List.of("--opt", "o=size=70m"));
        labels.forEach((label, value) -> command.addAll(List.of("--label", label + "=" + value)));
        command.add(name);
        DockerCli.run(command.toArray(String[]::new));
        return null;
    }
}
