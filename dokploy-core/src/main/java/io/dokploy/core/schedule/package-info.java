/**
 * Schedules of backups: {@link io.dokploy.core.schedule.BackupScheduler} looks what is due and asks the queue for it, once
 * for each time however many programs look; {@code CronTimes} says when, {@code DueRuns} what is run and what was missed,
 * {@code ScheduleWatch} what somebody must be told of. Depends on {@code io.dokploy.core.backup} and the queue.
 */
@NullMarked
package io.dokploy.core.schedule;

import org.jspecify.annotations.NullMarked;
