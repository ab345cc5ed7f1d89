package io.dokploy.core.store;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupAlerts;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.BackupSchedule.Misfire;
import io.dokploy.api.backup.BackupSchedule.Subject;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.backup.Retention;
import io.dokploy.api.backup.VerifyPolicy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A schedule as its row holds it, as it did when there were schedules of databases only: what it backs up stands in columns
 * of the row.
 *
 * @param database the name of what it backs up
 * @param during   what an application does meanwhile, if it does not go on
 */
record StoredSchedule(
        String name,
        String database,
        String target,
        String cron,
        ZoneId zone,
        Misfire misfire,
        Duration jitter,
        boolean enabled,
        VerifyPolicy verify,
        Retention retention,
        BackupAlerts alerts,
        Optional<DuringBackup> during) {

    static StoredSchedule of(BackupSchedule schedule) {
        return new StoredSchedule(
                schedule.name(),
                schedule.subject().name(),
                schedule.target(),
                schedule.cron(),
                schedule.zone(),
                schedule.misfire(),
                schedule.jitter(),
                schedule.enabled(),
                schedule.verify(),
                schedule.retention(),
                schedule.alerts(),
                Optional.of(schedule.subject().during()).filter(during -> during != DuringBackup.LIVE));
    }

    BackupSchedule of(Kind kind, String source) {
        var subject = new Subject(kind, source, during.orElse(DuringBackup.LIVE));
        return new BackupSchedule(
                name, subject, target, cron, zone, misfire, jitter, enabled, verify, retention, alerts);
    }
}
