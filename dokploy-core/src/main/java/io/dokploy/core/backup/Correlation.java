package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;

/**
 * What belongs together among the events about the backups of something: a problem and its end. A dump of a database ends
 * no problem of its bases, nor the image of an application one of its volumes.
 */
public final class Correlation {

    private Correlation() {}

    /** Runs that failed, were late or missed, until one succeeds. */
    public static String ofRuns(Kind kind, String subject) {
        return prefix(kind) + ":" + subject;
    }

    /** The log cannot be stored, until it can. */
    static String ofLogs(String subject) {
        return prefix(Kind.LOG) + ":" + subject;
    }

    /** Nothing is verified, until something is. */
    public static String ofProofs(Kind kind, String subject) {
        return prefix(kind) + "-verified:" + subject;
    }

    private static String prefix(Kind kind) {
        return switch (kind) {
            case DATABASE, VOLUMES, STORE -> "backup";
            case BASE -> "backup-base";
            case IMAGE -> "backup-image";
            case LOG -> "backup-log";
        };
    }
}
