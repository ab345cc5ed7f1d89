package io.dokploy.api;

import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.RetentionPlan;
import io.dokploy.api.backup.ScheduleStatus;
import java.time.Instant;
import java.util.List;

/**
 * When backups of one environment are made by themselves: of databases, as dumps or as bases for points in time, of the
 * volumes of applications, and of Dokploy's own store, which belongs to no environment but is asked for from one.
 * Thread-safe. However many programs share a store, each time of a
 * schedule runs once, and a run of a schedule waits for the end of the former one.
 */
@Experimental
public interface BackupSchedules {

    /**
     * Keeps a schedule, or replaces the one of its name; what it backs up must stay the same. Who changes or runs one of the
     * store must be allowed to back up the store, too.
     *
     * @throws io.dokploy.api.error.InvalidSpecException with all problems
     */
    void put(BackupSchedule schedule);

    /** Forgets a schedule. What it made stays, and is not removed by any other schedule. */
    void remove(String name);

    /** All, by name. */
    List<ScheduleStatus> list();

    /** The one of that name. */
    ScheduleStatus get(String name);

    /** Runs nothing until {@link #resume}; a run that has begun goes on. The times in between do not count as missed. */
    void pause(String name);

    /** Runs again, from the next time on. */
    void resume(String name);

    /** Runs it now, besides its times; the run that goes on, if there is one. */
    Operation<CataloguedBackup> runNow(String name);

    /** The next times of a schedule, without jitter. It need not have been put. */
    List<Instant> nextRuns(BackupSchedule schedule, int count);

    /** What {@link #prune} would remove now, and why the others stay. Removes nothing. */
    RetentionPlan preview(String name);

    /** Removes what the schedule's retention does not keep, as each of its runs does at its end. @return how many */
    Operation<Integer> prune(String name);
}
