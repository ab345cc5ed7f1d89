package io.dokploy.core.store;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupSchedule;

/**
 * A schedule as it is kept.
 *
 * @param project     where it is
 * @param environment where it is
 * @param source      id of the database or the application that it backs up; empty for the store
 * @param schedule    as it was put
 * @param state       how it goes
 */
public record ScheduleRow(
        String project, String environment, String source, BackupSchedule schedule, ScheduleState state) {

    /** For people: what it backs up. */
    public String subject() {
        return isOfStore() ? "store" : inEnvironment(schedule.subject().name());
    }

    /** How its backups name it: the store belongs to no environment, and each may have schedules of the same names. */
    public String mark() {
        return isOfStore() ? inEnvironment(schedule.name()) : schedule.name();
    }

    private boolean isOfStore() {
        return schedule.subject().kind() == Kind.STORE;
    }

    private String inEnvironment(String name) {
        return project + "/" + environment + "/" + name;
    }

    /** The same, gone on. */
    public ScheduleRow with(ScheduleState next) {
        return new ScheduleRow(project, environment, source, schedule, next);
    }

    /** The same, put anew. */
    public ScheduleRow with(BackupSchedule changed) {
        return new ScheduleRow(project, environment, source, changed, state);
    }
}
