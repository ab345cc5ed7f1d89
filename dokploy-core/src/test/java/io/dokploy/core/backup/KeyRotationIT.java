package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.backup.BackupId;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.RestoreRequest;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupKeyException;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.database.postgres.PostgresSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup key is changed: new backups are for the new one, and old ones are read as long as their key is there. */
class KeyRotationIT {

    private static final BackupKey FORMER = BackupKey.generate();
    private static final BackupKey NEW = BackupKey.generate();

    @TempDir
    Path directory;

    private List<BackupKey> keys = List.of(FORMER);

    @Test
    void oldAndNewBackupsAreProvenAndRestoredAndAMissingKeyIsNamed() throws Exception {
        try (var site = new DatabaseSite(directory.resolve("site"), builder -> {
            keys.forEach(builder::backupKey);
            return builder;
        })) {
            site.client()
                    .backups()
                    .putTarget("folder", LocalSettings.of(Files.createDirectory(directory.resolve("nas"))));
            site.client()
                    .databases()
                    .create(DatabaseSpec.named("shop-db", PostgresSettings.defaults())
                            .build())
                    .await(DatabaseSite.PATIENCE);
            site.run("shop-db", "CREATE TABLE orders AS SELECT 'former key' AS written;");
            var former = backUp(site, FORMER);

            restartWith(site, List.of(NEW, FORMER));
            site.run("shop-db", "UPDATE orders SET written = 'new key';");
            var newer = backUp(site, NEW);
            assertThat(site.client()
                            .backups()
                            .verify(former)
                            .await(DatabaseSite.PATIENCE)
                            .proven())
                    .isTrue();
            assertThat(restored(site, former)).contains("former key");
            assertThat(restored(site, newer)).contains("new key");

            restartWith(site, List.of(NEW));
            int generation = site.client().databases().get("shop-db").generation();
            assertThatThrownBy(() -> site.client().backups().verify(former).await(DatabaseSite.PATIENCE))
                    .isInstanceOf(BackupKeyException.class)
                    .hasMessageContaining(FORMER.recipient());
            assertThatThrownBy(() -> restored(site, former))
                    .isInstanceOf(BackupKeyException.class)
                    .hasMessageContaining(FORMER.recipient());
            assertThat(site.client().databases().get("shop-db").generation()).isEqualTo(generation);
            assertThat(site.run("shop-db", "SELECT written FROM orders;")).contains("new key");
        }
    }

    private void restartWith(DatabaseSite site, List<BackupKey> others) {
        site.stop();
        keys = others;
        site.start();
    }

    private static BackupId backUp(DatabaseSite site, BackupKey key) {
        CataloguedBackup backup =
                site.client().backups().backUp("shop-db", "folder").await(DatabaseSite.PATIENCE);
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().keyFingerprint()).contains(key.recipient());
        return backup.backup().id();
    }

    private static String restored(DatabaseSite site, BackupId backup) {
        site.client()
                .backups()
                .restore(backup, "shop-db", RestoreRequest.withoutSafetyBackup())
                .await(DatabaseSite.PATIENCE);
        return site.run("shop-db", "SELECT written FROM orders;");
    }
}
