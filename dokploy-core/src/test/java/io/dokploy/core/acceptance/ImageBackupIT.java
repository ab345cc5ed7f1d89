package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.release.Release;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.DokployRecovery;
import io.dokploy.core.Revival;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill for an application whose repository is lost with its machine: the release that was live serves again, with the
 * very image, which nobody could build. The drill with databases is LostMachineIT.
 */
class ImageBackupIT {

    @TempDir
    Path directory;

    private final BackupKey key = BackupKey.generate();

    @Test
    void whatWasLiveServesAgainFromItsImageThoughTheRepositoryIsGone() throws Exception {
        var place = LocalSettings.of(Files.createDirectory(directory.resolve("nas")));
        try (var shop = new LiveShop(directory.resolve("lost"), builder -> builder.backupKey(key))) {
            // With a layer that no other image on this engine has.
            shop.repository.commitDockerfile("FROM dokploy/testapp:1\nENV VERSION=own\nCOPY Dockerfile /own\n");
            var live = shop.deploy().await(Site.PATIENCE);
            backUp(shop.site, place, live);
            var instance = shop.site.instance();
            shop.site.stop();
            LostMachine.destroy(instance, live.image().tag(), shop.site.data());
            LostMachine.delete(shop.repository.directory());

            var data = directory.resolve("fresh").resolve("data");
            try (var recovery = DokployRecovery.from(place, key)) {
                recovery.restoreStore(recovery.newestStore(), data);
            }
            var fresh = new Site(directory.resolve("fresh"), builder -> builder.backupKey(key));
            try {
                var told = new ArrayList<String>();
                assertThat(Revival.of(fresh.dokploy(), Site.PATIENCE, told::add))
                        .as(told::toString)
                        .isEmpty();
                assertThat(fresh.get("shop.localhost", "/").version()).isEqualTo("own");
                assertThat(Site.docker(
                                "image",
                                "inspect",
                                "--format",
                                "{{.Id}}",
                                live.image().tag()))
                        .isEqualToIgnoringNewLines(live.image().id());
                // The release that was live is there to go back to, too.
                fresh.applications().rollback("shop", live.id()).await(Site.PATIENCE);
                assertThat(fresh.get("shop.localhost", "/").version()).isEqualTo("own");
            } finally {
                fresh.close();
                LostMachine.remove("volume", instance);
                shop.site.start();
            }
        }
    }

    /** The store first: of what came after it the place tells. */
    private static void backUp(Site site, LocalSettings place, Release live) {
        var backups = site.client().backups();
        backups.putTarget("nas", place);
        backups.backUpStore("nas").await(Site.PATIENCE);
        CataloguedBackup image = backups.backUpImage("shop", "nas").await(Site.PATIENCE);
        assertThat(image.proven()).isTrue();
        assertThat(image.backup().serverVersion()).isEqualTo(live.image().id());
        assertThat(image.backup().keyFingerprint()).as("encrypted").isPresent();
        var layers = Site.docker(
                "image",
                "inspect",
                "--format",
                "{{len .RootFS.Layers}}",
                live.image().tag());
        assertThat(image.backup().counts().get("layers")).isEqualTo(Long.parseLong(layers.strip()));
    }
}
