package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.RetentionPlan;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.core.pipeline.Platform;
import io.dokploy.core.store.ScheduleRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        var plan = RetentionRules.plan(
                subjectToRetention(),
                row.schedule().retention(),
                row.schedule().zone(),
                platform.pacing().now(),
                newestProven().map(backup -> backup.backup().id()));
        return row.schedule().subject().kind() == Kind.BASE
                ? new LogFoundation(platform, new DatabaseId(row.source()), all).keptIn(plan)
                : plan;
    }

    /** With bases also those with which a log begins: else it would be kept from there on for ever. */
    private List<CataloguedBackup> subjectToRetention() {
        return all.stream()
                .filter(backup -> backup.backup()
                        .schedule()
                        .filter(Set.of(row.mark(), Backup.POINT_IN_TIME)::contains)
                        .isPresent())
                .toList();
    }
}
