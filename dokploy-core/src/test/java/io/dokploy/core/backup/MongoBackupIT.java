package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Backups;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.value.Secret;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import io.dokploy.core.database.MongoData;
import io.dokploy.database.mongo.MongoProvisioner;
import io.dokploy.database.mongo.MongoSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MongoDB: what is restored is what was there, or nothing changes. */
class MongoBackupIT {

    private static final String PASSWORD = "distinctive-4711'secret\"\\";

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;
    private Backups backups;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory,
                builder -> builder.plugins(Plugins.of(new MongoProvisioner(), PLACE))
                        .backupKey(BackupKey.generate()));
        site.client().backups().putTarget("memory", TestPlace.settings());
        create("documents");
        site.run("documents", MongoData.HOSTILE);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void backups() {
        backups = site.client().backups();
    }

    @Test
    void whatIsRestoredIsWhatWasThereAndThePasswordIsTheOneOfNow() {
        var before = site.run("documents", MongoData.EVERYTHING);
        assertThat(before).contains("reporter").contains("elsewhere").contains("odd-Ümläut");
        var backup = backUp("documents");
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().counts()).containsEntry("app.many", 3000L).containsEntry("elsewhere.things", 1L);
        site.run(
                "documents",
                "db.dropDatabase(); db.getSiblingDB('elsewhere').dropDatabase(); db.getSiblingDB('admin').dropUser('reporter');");
        backups.restore(backup.backup().id(), "documents").await(DatabaseSite.PATIENCE);
        assertThat(site.run("documents", MongoData.EVERYTHING)).isEqualTo(before);
        assertThat(DockerCli.run(
                        "exec",
                        DockerCli.containerOf("documents"),
                        "mongosh",
                        "--quiet",
                        "mongodb://reporter:reads-only-4711@127.0.0.1/admin",
                        "--eval",
                        "print(db.runCommand({ping: 1}).ok)"))
                .contains("1");
    }

    @Test
    void oneFlippedBitIsFoundAndNothingIsRestored() {
        var before = site.run("documents", MongoData.EVERYTHING);
        int generation = site.client().databases().get("documents").generation();
        var backup = backUp("documents");
        PLACE.tamper(backup.backup().id() + "/data.archive", content -> {
            content[content.length / 2] ^= 1;
            return content;
        });
        assertThatThrownBy(
                        () -> backups.restore(backup.backup().id(), "documents").await(DatabaseSite.PATIENCE))
                .isInstanceOf(BackupDamagedException.class);
        assertThat(site.run("documents", MongoData.EVERYTHING)).isEqualTo(before);
        assertThat(site.client().databases().get("documents").generation()).isEqualTo(generation);
    }

    @Test
    void aServerThatIsKilledInTheMiddleOfItsDumpLeavesNoBackup() {
        create("dying");
        // Much, which nobody can compress to little.
        site.run("dying", """
                const crypto = require('crypto');
                for (let i = 0; i < 20; i++) db.much.insertOne({_id: i, text: crypto.randomBytes(500000).toString('hex')});
                """);
        PLACE.whenWritten(1_000_000, () -> DockerCli.run("kill", DockerCli.containerOf("dying")));
        assertThatThrownBy(() -> backUp("dying"))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("default/production/dying: mongodump ended with exit code");
        assertThat(backups.list("dying")).isEmpty();
        assertThat(PLACE.keys()).noneMatch(key -> key.contains("/dying/"));
    }

    @Test
    void thePasswordIsNowhereButInFilesAndTheEnvironmentOfTools() {
        var container = DockerCli.containerOf("documents");
        backUp("documents");
        assertThat(DockerCli.run("inspect", container)).doesNotContain("distinctive-4711");
        assertThat(DockerCli.run("top", container, "-eo", "pid,args"))
                .contains("ferretdb")
                .doesNotContain("distinctive-4711");
        for (String key : PLACE.keys()) {
            assertThat(new String(PLACE.object(key), StandardCharsets.ISO_8859_1))
                    .doesNotContain("distinctive-4711")
                    .doesNotContain("SCRAM-SHA");
        }
    }

    private CataloguedBackup backUp(String name) {
        return backups.backUp(name, "memory").await(DatabaseSite.PATIENCE);
    }

    private static void create(String name) {
        site.client()
                .databases()
                .create(DatabaseSpec.named(name, MongoSettings.defaults())
                        .password(Secret.of(PASSWORD))
                        .build())
                .await(DatabaseSite.PATIENCE);
    }
}
