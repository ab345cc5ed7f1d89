package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Backups;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.api.backup.BackupAlerts;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.source.ImageSource;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the real engine, too, schedules back up volumes and the store, prove what they made and remove what is too old. */
class ScheduledBackupIT {

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;
    private static Backups backups;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory, builder -> builder.plugins(Plugins.of(PLACE)).backupKey(BackupKey.generate()));
        backups = site.client().backups();
        backups.putTarget("memory", TestPlace.settings());
        var applications = site.client().applications();
        applications.create(ApplicationSpec.named("files")
                .source(ImageSource.of("dokploy/testapp:1").pull(ImageSource.Pull.MISSING))
                .mount(Mount.volume("data", "/data"))
                .build());
        applications.deploy("files").await(DatabaseSite.PATIENCE);
        DockerCli.run("exec", DockerCli.containerOf("files"), "sh", "-c", "echo 4711 > /data/answer");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void theVolumesOfAnApplication() {
        var schedule = yearly("of-files").ofVolumes("files").build();
        runsProvesAndRemoves(schedule);
        assertThat(backups.listVolumes("files")).singleElement().satisfies(kept -> {
            assertThat(kept.backup().counts()).containsKey("data");
            assertThat(kept.verification().orElseThrow().checks()).anyMatch(line -> line.contains("the same after"));
        });
    }

    @Test
    void theStore() {
        var schedule = yearly("of-store").ofStore().build();
        runsProvesAndRemoves(schedule);
        assertThat(backups.listStore())
                .singleElement()
                .satisfies(kept -> assertThat(kept.backup().counts()).containsKey("dokploy_backup_schedule"));
    }

    private static void runsProvesAndRemoves(BackupSchedule schedule) {
        var schedules = backups.schedules();
        schedules.put(schedule);
        var first = schedules.runNow(schedule.name()).await(DatabaseSite.PATIENCE);
        var second = schedules.runNow(schedule.name()).await(DatabaseSite.PATIENCE);
        assertThat(List.of(first, second)).allMatch(CataloguedBackup::proven);
        assertThat(PLACE.keys())
                .anyMatch(key -> key.contains(second.backup().id().value()))
                .noneMatch(key -> key.contains(first.backup().id().value()));
        schedules.remove(schedule.name());
    }

    private static BackupSchedule.Builder yearly(String name) {
        return BackupSchedule.named(name)
                .to("memory")
                .cron("0 0 1 1 *")
                .retention(Retention.keepLast(1))
                .alerts(BackupAlerts.defaults().unverifiedFor(Duration.ofDays(400)));
    }
}
