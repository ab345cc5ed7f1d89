package io.dokploy.core;

import io.dokploy.api.BackupSchedules;
import io.dokploy.api.Operation;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupSchedule;
import io.dokploy.api.backup.BackupSchedule.Subject;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.backup.RetentionPlan;
import io.dokploy.api.backup.ScheduleStatus;
import io.dokploy.api.database.DatabaseId;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.Problems;
import io.dokploy.core.backup.BackupHandlers;
import io.dokploy.core.backup.BackupSource;
import io.dokploy.core.backup.ScheduleBackups;
import io.dokploy.core.schedule.DueRuns;
import io.dokploy.core.schedule.ScheduleRules;
import io.dokploy.core.store.BackupScheduleTable;
import io.dokploy.core.store.ScheduleRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Schedules of the backups of one environment, for one actor. */
final class EnvironmentSchedules extends EnvironmentPart implements BackupSchedules {

    private static final Duration DEADLINE = Duration.ofHours(24);
    private static final String CHANGE = "backup.schedule";
    private static final String READ = "backup.read";

    private final BackupScheduleTable table;

    EnvironmentSchedules(ActorClient client, String project, String environment) {
        super(client, project, environment);
        this.table = running.store().schedules();
    }

    @Override
    public void put(BackupSchedule schedule) {
        client.require(CHANGE, subject(schedule.name()));
        requireForStore(schedule);
        var problems = Problems.of("backup schedule \"" + schedule.name() + "\"");
        var source = source(schedule.subject(), problems);
        requirePlace(schedule, source, problems);
        ScheduleRules.check(schedule, now(), problems);
        running.store().useTransaction(() -> {
            var former = table.lock(project, environment, schedule.name());
            problems.require(
                    former.map(BackupSource::of)
                            .filter(same -> !same.equals(source))
                            .isEmpty(),
                    "subject",
                    "must stay the same; remove the schedule, or choose another name");
            problems.throwIfAny();
            table.put(row(schedule, source.id(), former));
        });
    }

    /** The store is more than its environment. */
    private void requireForStore(BackupSchedule schedule) {
        if (schedule.subject().kind() == Kind.STORE) {
            client.require("backup.store", "instance");
        }
    }

    private void requirePlace(BackupSchedule schedule, BackupSource source, Problems problems) {
        if (source.kind() == Kind.BASE) {
            problems.require(
                    running.store()
                            .logArchives()
                            .find(new DatabaseId(source.id()))
                            .isPresent(),
                    "database",
                    "its log is not stored; begin with pointInTime().start");
        } else {
            problems.require(
                    running.store().backups().targets().contains(schedule.target()),
                    "target",
                    "there is no place of the name " + schedule.target() + "; add it with putTarget");
        }
    }

    private BackupSource source(Subject subject, Problems problems) {
        var store = running.store();
        Optional<String> id = switch (subject.kind()) {
            case DATABASE, BASE, LOG ->
                store.databases()
                        .find(project, environment, subject.name())
                        .map(database -> database.id().value());
            case VOLUMES, IMAGE ->
                store.applications()
                        .find(project, environment, subject.name())
                        .map(application -> application.id().value());
            case STORE -> Optional.of(BackupSource.STORE.id());
        };
        problems.require(
                id.isPresent(),
                subject.kind() == Kind.VOLUMES || subject.kind() == Kind.IMAGE ? "application" : "database",
                "there is none of the name " + subject.name());
        return new BackupSource(subject.kind(), id.orElse(""));
    }

    /** A changed schedule goes on where it was, but for times that are other ones now. */
    private ScheduleRow row(BackupSchedule schedule, String source, Optional<ScheduleRow> former) {
        var fresh = running.schedules().begin(schedule, now());
        var state = former.map(row -> keepsTimes(row.schedule(), schedule)
                        ? row.state()
                        : row.state().timesOf(fresh))
                .orElse(fresh);
        return new ScheduleRow(project, environment, source, schedule, state);
    }

    private static boolean keepsTimes(BackupSchedule former, BackupSchedule changed) {
        return former.enabled()
                && former.cron().equals(changed.cron())
                && former.zone().equals(changed.zone())
                && former.jitter().equals(changed.jitter())
                && former.verify().cron().equals(changed.verify().cron());
    }

    @Override
    public void remove(String name) {
        client.require(CHANGE, subject(name));
        table.find(project, environment, name).ifPresent(row -> requireForStore(row.schedule()));
        table.remove(project, environment, name);
    }

    @Override
    public List<ScheduleStatus> list() {
        client.require(READ, project + "/" + environment);
        return table.list(project, environment).stream().map(this::status).toList();
    }

    @Override
    public ScheduleStatus get(String name) {
        return status(known(READ, name));
    }

    private ScheduleStatus status(ScheduleRow row) {
        boolean runs = row.schedule().enabled();
        return new ScheduleStatus(
                row.schedule(),
                Optional.of(row.state().starts()).filter(any -> runs),
                row.state().verifyDue().filter(any -> runs),
                row.state().lastDue(),
                row.state().lastRun().flatMap(running.store().operations()::find));
    }

    @Override
    public void pause(String name) {
        change(name, false);
    }

    @Override
    public void resume(String name) {
        change(name, true);
    }

    private void change(String name, boolean enabled) {
        client.require(CHANGE, subject(name));
        running.store().useTransaction(() -> {
            var row = table.lock(project, environment, name).orElseThrow(() -> missing(name));
            requireForStore(row.schedule());
            if (row.schedule().enabled() != enabled) {
                var changed = row.schedule().toBuilder().enabled(enabled).build();
                var fresh = running.schedules().begin(changed, now());
                table.put(row.with(changed).with(row.state().timesOf(fresh)));
            }
        });
    }

    @Override
    public Operation<CataloguedBackup> runNow(String name) {
        var row = known("backup.take", name);
        requireForStore(row.schedule());
        return running.schedules().now(row, client.actor());
    }

    @Override
    public List<Instant> nextRuns(BackupSchedule schedule, int count) {
        var problems = Problems.of("backup schedule \"" + schedule.name() + "\"");
        ScheduleRules.check(schedule, now(), problems);
        problems.throwIfAny();
        return DueRuns.times(schedule, now(), count);
    }

    @Override
    public RetentionPlan preview(String name) {
        var row = known(READ, name);
        if (row.schedule().subject().kind() == Kind.STORE) {
            // As to list the store's backups, which the plan does.
            client.require(READ, "instance");
        }
        return new ScheduleBackups(running.platform(), row).plan();
    }

    @Override
    public Operation<Integer> prune(String name) {
        var row = known("backup.delete", name);
        requireForStore(row.schedule());
        var source = BackupSource.of(row);
        return submit(
                BackupHandlers.PRUNE,
                source.lane(),
                row.subject(),
                source.arguments().put(BackupHandlers.SCHEDULE, row.mark()),
                Integer.class,
                DEADLINE);
    }

    private ScheduleRow known(String action, String name) {
        client.require(action, subject(name));
        return table.find(project, environment, name).orElseThrow(() -> missing(name));
    }

    private NotFoundException missing(String name) {
        return new NotFoundException(
                "backup schedule " + subject(name),
                "there is none of that name; there are: "
                        + table.list(project, environment).stream()
                                .map(row -> row.schedule().name())
                                .toList(),
                "Put it, or correct the name.");
    }

    private Instant now() {
        return running.platform().pacing().now();
    }
}
