package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.Backups;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.source.ImageSource;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The volumes of an application that is paused or stopped meanwhile are of one moment, and it goes on afterwards. */
class VolumesOfOneMomentIT {

    /** Two files to which each number is written one after the other, and something to read in between. */
    private static final String WRITER = "head -c 40000000 /dev/urandom > /data/m; i=0;"
            + " while :; do i=$((i+1)); echo $i >> /data/a; echo $i >> /data/z; done";

    @TempDir
    static Path directory;

    private static DatabaseSite site;
    private static Backups backups;
    private static String container;
    private static String volume;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory,
                builder -> builder.plugins(Plugins.of(new TestPlace())).backupKey(BackupKey.generate()));
        backups = site.client().backups();
        backups.putTarget("memory", TestPlace.settings());
        var applications = site.client().applications();
        applications.create(ApplicationSpec.named("ledger")
                .source(ImageSource.of("dokploy/testapp:1").pull(ImageSource.Pull.MISSING))
                .mount(Mount.volume("entries", "/data"))
                .build());
        applications.deploy("ledger").await(DatabaseSite.PATIENCE);
        container = DockerCli.containerOf("ledger");
        volume = DockerCli.run("inspect", "--format", "{{(index .Mounts 0).Name}}", container)
                .strip();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void whatIsPausedIsOfOneMomentAndGoesOnWhereItWas() {
        DockerCli.run("exec", "--detach", container, "sh", "-c", WRITER);
        await().until(() -> entries(volume, "z") > 100);

        var backup =
                backups.backUpVolumes("ledger", "memory", DuringBackup.PAUSED).await(DatabaseSite.PATIENCE);
        backups.restoreVolume(backup.backup().id(), "entries", "entries-2").await(DatabaseSite.PATIENCE);

        long saved = entries(volume + "-2", "z");
        assertThat(entries(volume + "-2", "a")).isBetween(saved, saved + 1);
        assertThat(saved).isGreaterThan(100);
        await().until(() -> entries(volume, "z") > saved + 100);
    }

    @Test
    void whatWasStoppedRunsAgain() {
        var before = started();
        backups.backUpVolumes("ledger", "memory", DuringBackup.STOPPED).await(DatabaseSite.PATIENCE);
        assertThat(started()).startsWith("true").isNotEqualTo(before);
    }

    private static String started() {
        return DockerCli.run("inspect", "--format", "{{.State.Running}} {{.State.StartedAt}}", container);
    }

    private static long entries(String of, String file) {
        var lines = DockerCli.run(
                "run",
                "--rm",
                "--network",
                "none",
                "--volume",
                of + ":/v:ro",
                "busybox:1.37",
                "sh",
                "-c",
                "cat /v/" + file + " 2>/dev/null | wc -l");
        return Long.parseLong(lines.strip());
    }
}
