package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupKeyException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.RecoverStore;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new instance on an empty machine: from the place and the key a database is back. All of it: LostMachineIT. */
class EmptyMachineIT {

    @TempDir
    Path directory;

    private final BackupKey key = BackupKey.generate();

    @Test
    void fromAFolderAndTheKeyADatabaseIsBack() throws Exception {
        var folder = Files.createDirectory(directory.resolve("nas"));
        drill(LocalSettings.of(folder));
        theCommandMakesTheStore(folder);
    }

    private void theCommandMakesTheStore(Path folder) throws IOException {
        var place = directory.resolve("place.json");
        Files.writeString(
                place, "{\"plugin\": \"local\", \"version\": 1, \"values\": {\"folder\": \"" + folder + "\"}}");
        var keys = directory.resolve("backup-key.txt");
        var data = directory.resolve("data");
        Files.writeString(keys, "# no key\n");
        assertThatThrownBy(() -> recover(place, keys, data)).isInstanceOf(InvalidSpecException.class);
        Files.writeString(keys, BackupKey.generate().identity().reveal());
        assertThatThrownBy(() -> recover(place, keys, data)).isInstanceOf(BackupKeyException.class);
        assertThat(data.resolve("store.mv.db")).doesNotExist();

        Files.writeString(
                keys, "# public key: " + key.recipient() + "\n" + key.identity().reveal() + "\n");
        recover(place, keys, data);
        assertThat(data.resolve("store.mv.db")).isNotEmptyFile();
        assertThat(data.resolve("master.key")).isNotEmptyFile();
    }

    private static void recover(Path place, Path keys, Path data) throws IOException {
        RecoverStore.main(place.toString(), keys.toString(), data.toString());
    }

    private void drill(PluginSettings place) {
        CataloguedBackup proven;
        try (var lost = site("lost", key)) {
            var backups = lost.client().backups();
            backups.putTarget("place", place);
            backups.test("place");
            create(lost);
            lost.run("shop-db", "CREATE TABLE orders AS SELECT n, md5(n::text) FROM generate_series(1, 1000) AS n;");
            proven = backups.backUp("shop-db", "place").await(DatabaseSite.PATIENCE);
            assertThat(proven.proven()).isTrue();
            var store = backups.backUpStore("place").await(DatabaseSite.PATIENCE);
            var again = backups.verify(store.backup().id());
            again.await(DatabaseSite.PATIENCE);
            assertThat(again.record().subject()).as("as when it was made").isEqualTo("store");
        }
        try (var stranger = site("stranger", BackupKey.generate())) {
            var backups = stranger.client().backups();
            backups.putTarget("place", place);
            backups.importFrom("place").await(DatabaseSite.PATIENCE);
            var backup = backups.list("shop-db").get(0).backup();
            assertThatThrownBy(() -> backups.verify(backup.id()).await(DatabaseSite.PATIENCE))
                    .isInstanceOf(BackupKeyException.class)
                    .hasMessageContaining(key.recipient());
        }
        try (var fresh = site("fresh", key)) {
            var backups = fresh.client().backups();
            backups.putTarget("place", place);
            assertThat(backups.importFrom("place").await(DatabaseSite.PATIENCE)).isEqualTo(2);
            create(fresh);
            assertThat(backups.list("shop-db"))
                    .as("the place says what proved it, and when")
                    .containsExactly(proven);
            var backup = proven.backup();
            backups.restore(backup.id(), "shop-db").await(DatabaseSite.PATIENCE);
            assertThat(fresh.run("shop-db", "SELECT count(*), max(md5) FROM orders;"))
                    .contains("1000");
        }
    }

    private static void create(DatabaseSite site) {
        site.client()
                .databases()
                .create(DatabaseSpec.named("shop-db", PostgresSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
    }

    private DatabaseSite site(String name, BackupKey withKey) {
        return new DatabaseSite(directory.resolve(name), builder -> builder.backupKey(withKey));
    }
}
