package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ResourceName;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When a database is backed up, which backups are proven, which are kept, and what somebody is told of. Made with {@link
 * #named(String)}; {@link #toBuilder()} makes a changed copy.
 *
 * <p>When clocks are put forward, a run at an hour that does not exist takes place right after the change; when they are
 * put back, a run at an hour that comes twice takes place the first time. An expression with {@code *} in the field of
 * the hour goes on by the hour through both.
 *
 * @param name      unique among the schedules of its environment
 * @param database  of the same environment
 * @param target    where backups go
 * @param cron      five fields as in crontab(5): minute, hour, day of the month, month, day of the week (0 or 7 is
 *                  Sunday); if both days are restricted, either is enough
 * @param zone      time zone of the expression and of the days of {@code retention}; default UTC
 * @param misfire   what becomes of times at which nothing ran; default {@link Misfire#RUN_ONCE}
 * @param jitter    each run begins at a random time up to that much later; default none
 * @param enabled   false: nothing runs until it is resumed
 * @param verify    default every backup
 * @param retention default all are kept
 * @param alerts    see there
 */
@Experimental
public record BackupSchedule(
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
        BackupAlerts alerts) {

    private static final Duration LONGEST_JITTER = Duration.ofHours(12);

    /** What becomes of a time at which nothing could run: the program was down, the former run went on. */
    public enum Misfire {
        /** One run as soon as possible, for however many times. */
        RUN_ONCE,
        /** Nothing until the next time, if it is later than {@link BackupAlerts#lateAfter()}. */
        SKIP
    }

    public BackupSchedule {
        var problems = Problems.of("backup schedule \"" + (ResourceName.isValid(name) ? name : "?") + "\"");
        ResourceName.check(problems, "name", name);
        ResourceName.check(problems, "database", database);
        ResourceName.check(problems, "target", target);
        CronText.check(problems, "cron", cron);
        problems.require(
                        !jitter.isNegative() && jitter.compareTo(LONGEST_JITTER) <= 0,
                        "jitter",
                        "must be from 0 to " + LONGEST_JITTER.toHours() + " hours")
                .throwIfAny();
    }

    /** Starts a schedule: {@code BackupSchedule.named("nightly").of("shop-db").to("nas").cron("0 3 * * *").build()}. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** A builder that holds all of this. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Puts a schedule together; {@link #build()} checks it. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private String database = "";
        private String target = "";
        private String cron = "";
        private ZoneId zone = ZoneOffset.UTC;
        private Misfire misfire = Misfire.RUN_ONCE;
        private Duration jitter = Duration.ZERO;
        private boolean enabled = true;
        private VerifyPolicy verify = VerifyPolicy.everyBackup();
        private Retention retention = Retention.keepAll();
        private BackupAlerts alerts = BackupAlerts.defaults();

        private Builder(String name) {
            this.name = name;
        }

        private Builder(BackupSchedule schedule) {
            name = schedule.name;
            database = schedule.database;
            target = schedule.target;
            cron = schedule.cron;
            zone = schedule.zone;
            misfire = schedule.misfire;
            jitter = schedule.jitter;
            enabled = schedule.enabled;
            verify = schedule.verify;
            retention = schedule.retention;
            alerts = schedule.alerts;
        }

        /** The database. Required. */
        public Builder of(String newDatabase) {
            database = newDatabase;
            return this;
        }

        /** The place. Required. */
        public Builder to(String newTarget) {
            target = newTarget;
            return this;
        }

        /** The times. Required. */
        public Builder cron(String expression) {
            cron = expression.strip();
            return this;
        }

        /** The time zone: {@code ZoneId.of("Europe/Berlin")}. */
        public Builder zone(ZoneId newZone) {
            zone = newZone;
            return this;
        }

        /** What becomes of missed times. */
        public Builder misfire(Misfire policy) {
            misfire = policy;
            return this;
        }

        /** How much later a run may begin, by chance. */
        public Builder jitter(Duration most) {
            jitter = most;
            return this;
        }

        /** Whether it runs. */
        public Builder enabled(boolean runs) {
            enabled = runs;
            return this;
        }

        /** Which backups are proven. */
        public Builder verify(VerifyPolicy policy) {
            verify = policy;
            return this;
        }

        /** Which backups are kept. */
        public Builder retention(Retention rules) {
            retention = rules;
            return this;
        }

        /** What somebody is told of. */
        public Builder alerts(BackupAlerts limits) {
            alerts = limits;
            return this;
        }

        /**
         * The schedule.
         *
         * @throws io.dokploy.api.error.InvalidSpecException with all problems
         */
        public BackupSchedule build() {
            return new BackupSchedule(
                    name, database, target, cron, zone, misfire, jitter, enabled, verify, retention, alerts);
        }
    }
}
