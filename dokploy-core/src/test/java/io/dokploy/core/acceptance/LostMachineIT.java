package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupKeyException;
import io.dokploy.backup.s3.S3Settings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.DokployRecovery;
import io.dokploy.core.Revival;
import io.dokploy.core.backup.SeaweedServer;
import io.dokploy.core.database.Statements;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill: store, volumes, containers and images are gone; from the bucket and the key all is back and serves. */
@Tag("long")
class LostMachineIT {

    @TempDir
    Path directory;

    private final BackupKey key = BackupKey.generate();

    @Test
    void fromTheBucketAndTheKeyEverythingIsBackAndServes() throws Exception {
        try (var server = new SeaweedServer();
                var shop = new LiveShop(directory.resolve("lost"), builder -> builder.backupKey(key))) {
            var bucket = server.bucket("backups");
            fill(shop.site, bucket);
            var instance = shop.site.instance();
            shop.site.stop();
            LostMachine.destroy(instance, shop.live().image().tag(), shop.site.data());

            var data = directory.resolve("fresh").resolve("data");
            restoreStore(bucket, data);
            var fresh = new Site(directory.resolve("fresh"), builder -> builder.backupKey(key));
            try {
                var told = new ArrayList<String>();
                assertThat(Revival.of(fresh.dokploy(), Site.PATIENCE, told::add))
                        .as(() -> told + "\n" + outputs(fresh))
                        .isEmpty();
                assertThat(fresh.get("shop.localhost", "/").version()).isEqualTo(shop.version());
                assertThat(Statements.run(fresh.client(), "shop-db", "SELECT count(*), max(md5) FROM orders;"))
                        .contains("1000");
                assertThat(fresh.client().backups().listStore()).hasSize(1);
                assertThat(fresh.instance()).isEqualTo(instance);
            } finally {
                fresh.close();
                LostMachine.remove("volume", instance);
                shop.site.start();
            }
        }
    }

    private static void fill(Site site, S3Settings bucket) {
        site.client()
                .databases()
                .create(DatabaseSpec.named("shop-db", PostgresSettings.defaults())
                        .build())
                .await(Site.PATIENCE);
        Statements.run(
                site.client(),
                "shop-db",
                "CREATE TABLE orders AS SELECT n, md5(n::text) FROM generate_series(1, 1000) AS n;");
        var backups = site.client().backups();
        backups.putTarget("bucket", bucket);
        var store = backups.backUpStore("bucket").await(Site.PATIENCE);
        assertThat(store.proven()).isTrue();
        // After the store's: the place tells of it, the restored store does not.
        backups.backUp("shop-db", "bucket").await(Site.PATIENCE);
    }

    private void restoreStore(S3Settings bucket, Path data) throws IOException {
        try (var stranger = DokployRecovery.from(bucket, BackupKey.generate())) {
            assertThatThrownBy(() -> stranger.restoreStore(stranger.newestStore(), data))
                    .isInstanceOf(BackupKeyException.class)
                    .hasMessageContaining(key.recipient());
            assertThat(data.resolve("store.mv.db")).doesNotExist();
        }
        try (var recovery = DokployRecovery.from(bucket, key)) {
            assertThat(recovery.list()).extracting(backup -> backup.kind()).containsOnly(Kind.STORE, Kind.DATABASE);
            assertThat(recovery.verifyStore(recovery.newestStore())).anyMatch(line -> line.contains("opened with"));
            recovery.restoreStore(recovery.newestStore(), data);
        }
        try (var files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("store.mv.db", "master.key");
        }
    }

    /** What the operations said, which tells where one stood still. */
    private static String outputs(Site site) {
        var operations = site.client().operations();
        return operations.list(100).stream()
                .map(operation -> operation + "\n  "
                        + String.join(
                                "\n  ", operations.get(operation.id()).log().lines()))
                .collect(Collectors.joining("\n"));
    }
}
