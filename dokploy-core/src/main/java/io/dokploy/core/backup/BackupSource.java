package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.DuringBackup;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.DatabaseHandlers;
import io.dokploy.core.store.ScheduleRow;

/**
 * What is backed up, and how operations name it.
 *
 * @param kind of the backups
 * @param id   of the database or the application; empty for the store
 */
public record BackupSource(Kind kind, String id) {

    /** The store itself. */
    public static final BackupSource STORE = new BackupSource(Kind.STORE, "");

    private static final String KIND = "kind";

    /** What a schedule backs up. */
    public static BackupSource of(ScheduleRow row) {
        return new BackupSource(row.schedule().subject().kind(), row.source());
    }

    /** What an operation was asked with; those from before there were others are for databases. */
    static BackupSource of(Tree.Branch arguments) {
        var kind = Kind.valueOf(arguments.text(KIND, Kind.DATABASE.name()));
        return new BackupSource(kind, kind == Kind.STORE ? "" : arguments.text(argument(kind), ""));
    }

    /** The kind of the operation that backs it up. */
    public String operation() {
        return switch (kind) {
            case DATABASE -> BackupHandlers.BACK_UP;
            case VOLUMES -> VolumeHandlers.BACK_UP;
            case IMAGE -> ImageHandlers.BACK_UP;
            case STORE -> BackupHandlers.BACK_UP_STORE;
            case BASE -> PointInTimeHandlers.BASE;
            case LOG -> throw new IllegalStateException("A log is stored by no operation");
        };
    }

    /** Where one operation runs at a time. */
    public String lane() {
        return switch (kind) {
            case DATABASE, BASE, LOG -> id;
            case VOLUMES -> "volumes:" + id;
            case IMAGE -> "image:" + id;
            case STORE -> "instance";
        };
    }

    /** The same for one during which an application does that: deployments of what is held still take their turn. */
    public String lane(DuringBackup during) {
        return during == DuringBackup.LIVE ? lane() : id;
    }

    /** The arguments of operations on it. */
    public Tree.BranchBuilder arguments() {
        var arguments = Tree.branch().put(KIND, kind.name());
        return kind == Kind.STORE ? arguments : arguments.put(argument(kind), id);
    }

    private static String argument(Kind kind) {
        return kind == Kind.VOLUMES || kind == Kind.IMAGE ? VolumeHandlers.APPLICATION : DatabaseHandlers.DATABASE;
    }
}
