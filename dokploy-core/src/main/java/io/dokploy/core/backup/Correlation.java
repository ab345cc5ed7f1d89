package io.dokploy.core.backup;

/** What belongs together among the events about the backups of a database: a problem and its end. */
public final class Correlation {

    private Correlation() {}

    /** Runs that failed, were late or missed, until one succeeds. */
    public static String ofRuns(String subject) {
        return "backup:" + subject;
    }

    /** The log cannot be stored, until it can. */
    static String ofLogs(String subject) {
        return "backup-log:" + subject;
    }

    /** Nothing is verified, until something is. */
    public static String ofProofs(String subject) {
        return "backup-verified:" + subject;
    }
}
