package io.dokploy.database.redis;

/** How Redis keeps its data on disk. */
public enum Persistence {
    /** Not at all: what is in memory is gone with the process. After a restart it has what the last restore brought. */
    NONE(false, false),
    /** Snapshots from time to time; a crash loses what came after the last one. */
    RDB(true, false),
    /** A log of all writes, brought to the disk each second; a crash loses a second. */
    AOF(false, true),
    /** Both. */
    RDB_AND_AOF(true, true);

    private final boolean snapshots;
    private final boolean log;

    Persistence(boolean snapshots, boolean log) {
        this.snapshots = snapshots;
        this.log = log;
    }

    boolean hasSnapshots() {
        return snapshots;
    }

    boolean hasLog() {
        return log;
    }
}
