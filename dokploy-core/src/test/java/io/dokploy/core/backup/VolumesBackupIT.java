package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Backups;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.event.Event;
import io.dokploy.api.event.EventType;
import io.dokploy.api.source.ImageSource;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The volumes of an application come back as they were, whatever lies in them, and nothing is ever written over. */
class VolumesBackupIT {

    private static final String HOSTILE = """
            cd /v; mkdir -p "a b/c" empty; echo hi > "a b/c/new
            line"; ln -s /etc/passwd outside; ln -s ../../.. up; ln "a b/c/new
            line" hard; mkfifo pipe; mknod null c 1 3; truncate -s 20M sparse; head -c 3000000 /dev/urandom > random
            echo x > tool; chown 123:456 tool; chmod 4755 tool; chmod 1777 empty; touch -- '-rf' 'é$(id);"' '*'
            chown 77:88 .; chmod 750 .; touch -t 202001010101 "a b"
            """;

    private static final String EVERYTHING = "cd /v; find . -print0 | sort -z | xargs -0 ls -dln --full-time 2>&1;"
            + " find . -type f -print0 | sort -z | xargs -0 sha256sum; stat -c '%u %g %a %Y' .";

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;
    private static Backups backups;
    private static String volume;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory, builder -> builder.plugins(Plugins.of(PLACE)).backupKey(BackupKey.generate()));
        backups = site.client().backups();
        backups.putTarget("memory", TestPlace.settings());
        var applications = site.client().applications();
        applications.create(spec("data"));
        applications.deploy("files").await(DatabaseSite.PATIENCE);
        volume = docker("volume", "ls", "--quiet", "--filter", "name=-default-production-data")
                .lines()
                .filter(name ->
                        docker("ps", "--quiet", "--filter", "volume=" + name).contains(DockerCli.containerOf("files")))
                .findFirst()
                .orElseThrow();
        inside(volume, HOSTILE);
    }

    private static ApplicationSpec spec(String name) {
        return ApplicationSpec.named("files")
                .source(ImageSource.of("dokploy/testapp:1").pull(ImageSource.Pull.MISSING))
                .mount(Mount.volume(name, "/data"))
                .build();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void whatIsRestoredIsWhatWasThereAndTheApplicationTakesItOver() {
        var before = inside(volume, EVERYTHING);
        var backup = backups.backUpVolumes("files", "memory").await(DatabaseSite.PATIENCE);
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().counts().get("data")).isGreaterThan(12);
        assertThat(backups.listVolumes("files")).contains(backup);
        assertThat(backups.list("files")).isEmpty();

        backups.restoreVolume(backup.backup().id(), "data", "data-2").await(DatabaseSite.PATIENCE);
        assertThat(inside(volume + "-2", EVERYTHING)).isEqualTo(before);

        var applications = site.client().applications();
        applications.update("files", applications.get("files").version(), spec("data-2"));
        applications.deploy("files").await(DatabaseSite.PATIENCE);
        assertThat(docker("ps", "--quiet", "--filter", "volume=" + volume + "-2"))
                .isNotBlank();
        assertThat(inside(volume, EVERYTHING)).isEqualTo(before);
        applications.rollback("files").await(DatabaseSite.PATIENCE);
        assertThat(docker("ps", "--quiet", "--filter", "volume=" + volume)).isNotBlank();
        applications.update("files", applications.get("files").version(), spec("data"));
    }

    @Test
    void aVolumeThatIsThereIsNeverWrittenOver() {
        var before = inside(volume, EVERYTHING);
        var backup = backups.backUpVolumes("files", "memory")
                .await(DatabaseSite.PATIENCE)
                .backup()
                .id();
        assertThatThrownBy(() -> backups.restoreVolume(backup, "data", "data").await(DatabaseSite.PATIENCE))
                .isInstanceOf(AlreadyExistsException.class);
        assertThat(inside(volume, EVERYTHING)).isEqualTo(before);
        assertThatThrownBy(
                        () -> backups.restoreVolume(backup, "other", "data-3").await(DatabaseSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("[data]");
    }

    @Test
    void damageIsFoundAndLeavesNoVolume() {
        var backup = backups.backUpVolumes("files", "memory")
                .await(DatabaseSite.PATIENCE)
                .backup()
                .id();
        assertThat(PLACE.keys()).anyMatch(key -> key.endsWith(backup + "/verified.json"));
        PLACE.tamper(backup + "/data.tar", content -> {
            content[content.length / 2] ^= 1;
            return content;
        });
        var restore = backups.restoreVolume(backup, "data", "data-4");
        assertThatThrownBy(() -> restore.await(DatabaseSite.PATIENCE)).isInstanceOf(BackupDamagedException.class);
        assertThat(restore.events()).extracting(Event::type).contains(EventType.BACKUP_FAILED);
        var proof = backups.verify(backup);
        assertThatThrownBy(() -> proof.await(DatabaseSite.PATIENCE)).isInstanceOf(BackupDamagedException.class);
        assertThat(proof.events()).extracting(Event::type).contains(EventType.BACKUP_FAILED);
        assertThat(backups.listVolumes("files"))
                .filteredOn(known -> known.backup().id().equals(backup))
                .singleElement()
                .satisfies(known -> {
                    assertThat(known.proven()).isFalse();
                    assertThat(known.failure())
                            .hasValueSatisfying(
                                    failure -> assertThat(failure.conclusive()).isTrue());
                });
        assertThat(PLACE.keys()).noneMatch(key -> key.endsWith(backup + "/verified.json"));
        PLACE.tamper(backup + "/data.tar", content -> Arrays.copyOf(content, content.length - 100));
        assertThatThrownBy(() -> backups.restoreVolume(backup, "data", "data-4").await(DatabaseSite.PATIENCE))
                .isInstanceOf(BackupDamagedException.class);
        assertThat(docker("volume", "ls", "--quiet", "--filter", "name=" + volume + "-4"))
                .isEmpty();
        assertThat(docker(
                        "ps",
                        "--all",
                        "--quiet",
                        "--filter",
                        "label=io.dokploy.role=scratch",
                        "--filter",
                        "volume=" + volume))
                .isEmpty();
    }

    /** As Dokploy packs it. */
    @Test
    void aTarOfDokployBecomesANewVolume() throws Exception {
        var process = new ProcessBuilder(
                        "docker",
                        "run",
                        "--rm",
                        "--network",
                        "none",
                        "-v",
                        volume + ":/volume_data",
                        "busybox:1.37",
                        "sh",
                        "-c",
                        "cd /volume_data && tar cf - .")
                .start();
        var tar = process.getInputStream().readAllBytes();
        PLACE.put("files-x7f3/data-2026-08-21T15-14-50-000Z.tar", tar);
        PLACE.put("files-x7f3/cut.tar", Arrays.copyOf(tar, tar.length / 2));

        backups.importVolume("memory", "files-x7f3/data-2026-08-21T15-14-50-000Z.tar", "data-5")
                .await(DatabaseSite.PATIENCE);
        assertThat(withoutNanoseconds(inside(volume + "-5", EVERYTHING)))
                .isEqualTo(withoutNanoseconds(inside(volume, EVERYTHING)));

        var cut = backups.importVolume("memory", "files-x7f3/cut.tar", "data-6");
        assertThatThrownBy(() -> cut.await(DatabaseSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("cut off");
        assertThat(docker("volume", "ls", "--quiet", "--filter", "name=" + volume + "-6"))
                .isEmpty();
    }

    private static String withoutNanoseconds(String listing) {
        return listing.replaceAll("\\.\\d{9} ", " ");
    }

    private static String inside(String name, String script) {
        return docker("run", "--rm", "--network", "none", "-v", name + ":/v", "busybox:1.37", "sh", "-c", script);
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
