package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tool or the database dies in the middle of a dump: it is said, and nothing is there that looks like a backup. */
class BackupFaultTest {

    private static final long EARLY = 1_000_000;

    /** With far more data than fits into all buffers between the tool and the place, and none that can be compressed. */
    enum Engine {
        POSTGRES(
                PostgresSettings.defaults(),
                "pg_dump",
                "CREATE TABLE many AS SELECT sha512(random()::text::bytea) AS hash FROM generate_series(1, 100000);"),
        MARIADB(
                MariaDbSettings.defaults(),
                "mariadb-dump",
                "CREATE TABLE many AS SELECT random_bytes(64) AS hash FROM seq_1_to_100000;");

        private final PluginSettings settings;
        private final String tool;
        private final String data;

        Engine(PluginSettings settings, String tool, String data) {
            this.settings = settings;
            this.tool = tool;
            this.data = data;
        }

        private String database() {
            return "big-" + name().toLowerCase(Locale.ROOT);
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
                builder -> builder.plugins(Plugins.of(new PostgresProvisioner(), new MariaDbProvisioner(), PLACE))
                        .backupKey(BackupKey.generate()));
        site.client().backups().putTarget("memory", TestPlace.settings());
        for (Engine engine : Engine.values()) {
            site.client()
                    .databases()
                    .create(DatabaseSpec.named(engine.database(), engine.settings)
                            .build())
                    .await(DatabaseSite.PATIENCE);
            site.run(engine.database(), engine.data);
        }
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void aToolThatIsKilledInTheMiddleLeavesNoBackup(Engine engine) {
        PLACE.whenWritten(EARLY, () -> DockerCli.killInside(DockerCli.containerOf(engine.database()), engine.tool));
        assertThatThrownBy(() -> backUp(engine))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining(engine.database())
                .hasMessageContaining(engine.tool + " ended with exit code 137");
        assertNothingIsStored(engine);
        assertThat(backUp(engine).proven()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsKilledInTheMiddleLeavesNoBackup(Engine engine) {
        PLACE.whenWritten(EARLY, () -> DockerCli.kill(DockerCli.containerOf(engine.database())));
        assertThatThrownBy(() -> backUp(engine))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining(engine.database())
                .hasMessageContaining(engine.tool + " ended with exit code 137");
        site.client().databases().start(engine.database()).await(DatabaseSite.PATIENCE);
        assertNothingIsStored(engine);
    }

    @AfterEach
    void forget() {
        for (Engine engine : Engine.values()) {
            for (var backup : site.client().backups().list(engine.database())) {
                site.client().backups().delete(backup.backup().id()).await(DatabaseSite.PATIENCE);
            }
        }
    }

    private static CataloguedBackup backUp(Engine engine) {
        return site.client().backups().backUp(engine.database(), "memory").await(DatabaseSite.PATIENCE);
    }

    private static void assertNothingIsStored(Engine engine) {
        assertThat(site.client().backups().list(engine.database())).isEmpty();
        assertThat(PLACE.keys()).isEmpty();
        assertThat(site.run(engine.database(), "SELECT count(*) FROM many;")).contains("100000");
    }
}
