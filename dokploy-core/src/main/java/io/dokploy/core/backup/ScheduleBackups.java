package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.RetentionPlan;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.ScheduleRow;
import java.util.List;
import java.util.Optional;

/** The backups that one schedule has made. */
public final class ScheduleBackups {

    private final Platform platform;
    private final ScheduleRow row;
    private final List<CataloguedBackup> ofDatabase;

    /** Those that the catalogue knows now. */
    public ScheduleBackups(Platform platform, ScheduleRow row) {
        this.platform = platform;
        this.row = row;
        this.ofDatabase =
                platform
                        .store()
                        .backups()
                        .list(
                                Kind.DATABASE,
                                row.project(),
                                row.environment(),
                                row.schedule().database())
                        .stream()
                        .filter(backup -> backup.backup()
                                .instance()
                                .equals(platform.store().instance()))
                        .toList();
    }

    /** Newest first. Not those of another store, though they may be of a schedule of that name. */
    public List<CataloguedBackup> list() {
        return ofDatabase.stream()
                .filter(backup -> backup.backup()
                        .schedule()
                        .equals(Optional.of(row.schedule().name())))
                .toList();
    }

    /** What its retention says now. */
    public RetentionPlan plan() {
        var lastVerified = ofDatabase.stream()
                .filter(CataloguedBackup::proven)
                .findFirst()
                .map(backup -> backup.backup().id());
        return RetentionRules.plan(
                list(),
                row.schedule().retention(),
                row.schedule().zone(),
                platform.pacing().now(),
                lastVerified);
    }
}
