package io.dokploy.core.store;

import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.database.DatabaseId;

/**
 * A schedule as it is kept.
 *
 * @param project     where it is
 * @param environment where it is
 * @param database    what it backs up, whatever that is called now
 * @param schedule    as it was put, with the name that the database has now
 * @param state       how it goes
 */
public record ScheduleRow(
        String project, String environment, DatabaseId database, BackupSchedule schedule, ScheduleState state) {

    /** For people: the database. */
    public String subject() {
        return project + "/" + environment + "/" + schedule.database();
    }

    /** The same, gone on. */
    public ScheduleRow with(ScheduleState next) {
        return new ScheduleRow(project, environment, database, schedule, next);
    }

    /** The same, put anew. */
    public ScheduleRow with(BackupSchedule changed) {
        return new ScheduleRow(project, environment, database, changed, state);
    }
}
