package io.dokploy.api.backup;

import io.dokploy.api.Experimental;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.ResourceName;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When something is backed up, which backups are proven, which are kept, and what somebody is told of. Made with {@link
 * #named(String)}; {@link #toBuilder()} makes a changed copy.
 *
 * <p>When clocks are put forward, a run at an hour that does not exist takes place right after the change; when they are
 * put back, a run at an hour that comes twice takes place the first time. An expression with {@code *} in the field of
 * the hour goes on by the hour through both.
 *
 * @param name      unique among the schedules of its environment
 * @param subject   what is backed up
 * @param target    where backups go; empty for bases, which go where the log of their database is stored
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
        Subject subject,
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

    /**
     * What a schedule backs up; checked with it.
     *
     * @param kind   of its backups: any but {@link Kind#LOG}, which is stored all the time
     * @param name   of the database or the application, in the environment of the schedule; empty for the store
     * @param during what the application does while its volumes are read; of all else {@link DuringBackup#LIVE}
     */
    public record Subject(Kind kind, String name, DuringBackup during) {

        /** What goes on while it is backed up. */
        public Subject(Kind kind, String name) {
            this(kind, name, DuringBackup.LIVE);
        }

        private void check(Problems problems) {
            switch (kind) {
                case DATABASE, BASE -> ResourceName.check(problems, "database", name);
                case VOLUMES, IMAGE -> ResourceName.check(problems, "application", name);
                case STORE -> problems.require(name.isEmpty(), "subject", "is the store, which has no name");
                case LOG -> problems.add("subject", "is a log, which is stored all the time and by no schedule");
            }
            problems.require(
                    kind == Kind.VOLUMES || during == DuringBackup.LIVE,
                    "during",
                    "is for the volumes of applications; all else is of one moment anyway");
        }

        private boolean isDatabase() {
            return kind == Kind.DATABASE || kind == Kind.BASE;
        }
    }

    public BackupSchedule {
        var problems = Problems.of("backup schedule \"" + (ResourceName.isValid(name) ? name : "?") + "\"");
        ResourceName.check(problems, "name", name);
        subject.check(problems);
        if (subject.kind() == Kind.BASE) {
            problems.require(
                    target.isEmpty(), "target", "is none of a base: it goes where the log of its database does");
        } else {
            ResourceName.check(problems, "target", target);
        }
        CronText.check(problems, "cron", cron);
        if (!subject.isDatabase()) {
            problems.require(
                    verify.check().isEmpty(), "verify.check", "asks a restored database, and no database is backed up");
        }
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
        private Subject subject = new Subject(Kind.DATABASE, "");
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
            subject = schedule.subject;
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

        /** Backs up a database. This, or another one that begins with {@code of}, is required. */
        public Builder of(String database) {
            return of(new Subject(Kind.DATABASE, database));
        }

        /** Backs up all volumes that an application mounts, as {@link io.dokploy.api.Backups#backUpVolumes}. */
        public Builder ofVolumes(String application) {
            return ofVolumes(application, DuringBackup.LIVE);
        }

        /** The same; the application is held still or stopped meanwhile, and goes on before the backup is proven. */
        public Builder ofVolumes(String application, DuringBackup during) {
            return of(new Subject(Kind.VOLUMES, application, during));
        }

        /** Backs up the image of an application's live release, as {@link io.dokploy.api.Backups#backUpImage}. */
        public Builder ofImage(String application) {
            return of(new Subject(Kind.IMAGE, application));
        }

        /** Backs up Dokploy's own store, as {@link io.dokploy.api.Backups#backUpStore}. */
        public Builder ofStore() {
            return of(new Subject(Kind.STORE, ""));
        }

        /**
         * Takes bases of a database whose log is stored, as {@link io.dokploy.api.PointInTimeBackups#backUpBase}; they go
         * where the log does. With a base that {@link #retention} does not keep goes the log from before all other bases.
         */
        public Builder ofBase(String database) {
            return of(new Subject(Kind.BASE, database));
        }

        /** Backs up that. */
        public Builder of(Subject newSubject) {
            subject = newSubject;
            return this;
        }

        /** The place. Required, but for bases. */
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
                    name, subject, target, cron, zone, misfire, jitter, enabled, verify, retention, alerts);
        }
    }
}
