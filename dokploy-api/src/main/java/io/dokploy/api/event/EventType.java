package io.dokploy.api.event;

/** The types of events that the library itself makes; texts, since plugins may add others. */
public final class EventType {

    /** A deployment, rollback or restart has begun. */
    public static final String DEPLOYMENT_STARTED = "deployment.started";
    /** It made a release live. Data: {@code release}, {@code commit}, {@code seconds}, {@code domains}. */
    public static final String DEPLOYMENT_SUCCEEDED = "deployment.succeeded";
    /** It failed; the old release serves. Data: {@code code}, {@code reason}, {@code step}, {@code remedy}. */
    public static final String DEPLOYMENT_FAILED = "deployment.failed";
    /** It was cancelled; the old release serves. */
    public static final String DEPLOYMENT_CANCELLED = "deployment.cancelled";
    /** A newer request took its place. */
    public static final String DEPLOYMENT_SUPERSEDED = "deployment.superseded";
    /** The live release was found to be the wanted one; nothing was done. */
    public static final String DEPLOYMENT_UNCHANGED = "deployment.unchanged";
    /** A step has begun. Data: {@code step}. */
    public static final String STEP_STARTED = "step.started";
    /** A step is done. Data: {@code step}, {@code milliseconds}. */
    public static final String STEP_FINISHED = "step.finished";
    /** A deployment must stop the old release first. Data: {@code reason}; afterwards {@code milliseconds} of downtime. */
    public static final String DOWNTIME = "deployment.downtime";
    /** Something that ran was not as it should be and was repaired. Data: {@code done}. */
    public static final String DRIFT_REPAIRED = "drift.repaired";
    /** An application was created, changed or deleted. Data: {@code change}. */
    public static final String APPLICATION_CHANGED = "application.changed";
    /**
     * A notification could not be delivered and was given up. Data: {@code channel}, {@code reason}, {@code event} (the
     * type of what was to be told), {@code delivery}.
     */
    public static final String NOTIFICATION_FAILED = "notification.failed";
    /** A backup is stored: its manifest is in its place. Data: {@code backup}, {@code target}, {@code bytes}. */
    public static final String BACKUP_STORED = "backup.stored";
    /** A backup was restored into a scratch database and found complete. Data: {@code backup}, {@code seconds}. */
    public static final String BACKUP_VERIFIED = "backup.verified";
    /** A backup, its proof or a restore failed; the database is as it was. Data: {@code kind}, {@code reason}. */
    public static final String BACKUP_FAILED = "backup.failed";

    /**
     * A backup was made as it should be, proven too if its schedule wants that: ends what the types below began. Data:
     * {@code backup}, {@code target}, {@code schedule}, {@code verified}.
     */
    public static final String BACKUP_SUCCEEDED = "backup.succeeded";
    /**
     * Times of a schedule went by without a run, and will not be made up for. Data: {@code schedule}, {@code first},
     * {@code last}, {@code count}, {@code reason}.
     */
    public static final String BACKUP_MISSED = "backup.missed";
    /** A run of a schedule did not begin in time. Data: {@code schedule}, {@code due}, {@code seconds}, {@code reason}. */
    public static final String BACKUP_LATE = "backup.late";
    /**
     * A backup is much smaller than those before it. Data: {@code schedule}, {@code backup}, {@code bytes}, {@code median}
     * of those before, {@code fraction} that would have been enough.
     */
    public static final String BACKUP_TOO_SMALL = "backup.too-small";
    /** A schedule has no backup that was verified lately. Data: {@code schedule}, {@code since}, {@code days}. */
    public static final String BACKUP_UNVERIFIED = "backup.unverified";
    /** Retention has removed backups. Data: {@code schedule}, {@code backups}. */
    public static final String BACKUP_PRUNED = "backup.pruned";
    /** What dead runs left in a place was removed. Data: {@code target}, {@code uploads}, {@code objects}. */
    public static final String BACKUP_TARGET_SWEPT = "backup.target-swept";

    private EventType() {}
}
