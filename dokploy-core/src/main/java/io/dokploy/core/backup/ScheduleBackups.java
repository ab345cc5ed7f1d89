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
    private final List<CataloguedBackup> all;

    /** Those that the catalogue knows now. */
    public ScheduleBackups(Platform platform, ScheduleRow row) {
        this.platform = platform;
        this.row = row;
        this.all = ofSubject().stream()
                .filter(backup ->
                        backup.backup().instance().equals(platform.store().instance()))
                .toList();
    }

    private List<CataloguedBackup> ofSubject() {
        var subject = row.schedule().subject();
        var backups = platform.store().backups();
        return subject.kind() == Kind.STORE
                ? backups.list(Kind.STORE, "", "", "")
                : backups.list(subject.kind(), row.project(), row.environment(), subject.name());
    }

    /** Newest first. Not those of another store, though they may be of a schedule of that name. */
    public List<CataloguedBackup> list() {
        return all.stream()
                .filter(backup -> backup.backup().schedule().equals(Optional.of(row.mark())))
                .toList();
    }

    /** The newest proven one of what is backed up, whoever made it. */
    public Optional<CataloguedBackup> newestProven() {
        return all.stream().filter(CataloguedBackup::proven).findFirst();
    }

    /** What its retention says now. */
    public RetentionPlan plan() {
        return RetentionRules.plan(
                list(),
                row.schedule().retention(),
                row.schedule().zone(),
                platform.pacing().now(),
                newestProven().map(backup -> backup.backup().id()));
    }
}
