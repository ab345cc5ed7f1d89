package io.dokploy.core.backup;

import static java.util.stream.Collectors.toSet;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.Backup.Kind;
import io.dokploy.api.backup.BackupSchedule.Subject;
import io.dokploy.api.backup.CheckQuery;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.database.Placement;
import io.dokploy.core.deploy.Labels;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.ArchivesLog;
import io.dokploy.spi.database.ArchivesLog.Moment;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.Login;
import io.dokploy.spi.engine.NetworkSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Proves a dump or a base of a database: in a scratch database without a way out, which is removed again. */
final class DatabaseProof implements Proof {

    private final BackupJob job;
    private final DatabaseSpec spec;
    private final Optional<CheckQuery> check;

    /** @param check what the restored database must answer */
    private DatabaseProof(BackupJob job, DatabaseSpec spec, Optional<CheckQuery> check) {
        this.job = job;
        this.spec = spec;
        this.check = check;
    }

    /** As what is known of its database now, asked what its schedule wants to be asked. */
    static DatabaseProof of(BackupJob job, Backup backup) {
        var store = job.platform().store();
        var spec = store.databases()
                .find(backup.project(), backup.environment(), backup.name())
                .map(Database::spec)
                .filter(found -> found.engine().plugin().equals(backup.engine()))
                .orElseGet(() -> specOf(backup));
        var check = backup.schedule()
                .flatMap(name -> store.schedules().find(backup.project(), backup.environment(), name))
                .filter(row -> row.schedule().subject().equals(new Subject(backup.kind(), backup.name())))
                .flatMap(row -> row.schedule().verify().check());
        return new DatabaseProof(job, spec, check);
    }

    @Override
    public Result run(Backup backup, BackupTarget.Store place) throws IOException {
        var plugin = job.platform().plugins().database(backup.engine());
        var scratch = spec.toBuilder()
                .withoutInitScripts()
                .database(firstDatabase(backup, spec.database()))
                .build();
        // The user of the dump, since it owns things; a password of its own, since nobody else logs in.
        var login = new Login(spec.user(), Secret.of("scratch-" + backup.id().value()), scratch.database());
        var image = spec.image().orElseGet(() -> plugin.image() + ":" + backup.engineVersion());
        var placement = Placement.scratch(
                job.instance(), "verify-" + BackupJob.suffix(backup.id().value()));
        var server = new DatabaseServer(
                placement,
                blueprint(backup, plugin, plugin.blueprint(scratch, backup.engineVersion(), login)),
                "scratch database of backup " + backup.id(),
                job.context(),
                job.platform().pacing());
        var network = placement.container();
        // What an attempt left that died.
        clear(server, network);
        new RoomCheck(job.platform()).require(backup, spec.resources(), "backup " + backup.id());
        try {
            job.platform()
                    .engine()
                    .ensureNetwork(new NetworkSpec(network, Map.of(Labels.INSTANCE, job.instance()), true));
            server.create(scratch, image, network);
            var checks = new ArrayList<>(
                    plugin instanceof ArchivesLog archiving && backup.kind() == Kind.BASE
                            ? recover(backup, place, server, archiving, scratch, login)
                            : new RestoreParts(job, backup, place).into(server, plugin, scratch, login));
            if (check.isPresent()) {
                checks.add(new CheckRestored(backup, check.get())
                        .run(server, plugin, login, job.context().cancelToken()));
            }
            return new Result(image, checks);
        } finally {
            clear(server, network);
        }
    }

    /** Of a database that is gone the name is not known, and a further one in its backup may have that of the default. */
    static String firstDatabase(Backup backup, String wanted) {
        var further = backup.parts().stream()
                .flatMap(part -> part.database().stream())
                .collect(toSet());
        return Stream.concat(Stream.of(wanted), IntStream.iterate(1, i -> i + 1).mapToObj(i -> "scratch_" + i))
                .filter(name -> !further.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static Blueprint blueprint(Backup backup, DatabaseProvisioner plugin, Blueprint serving) {
        return plugin instanceof ArchivesLog archiving && backup.kind() == Kind.BASE
                ? archiving.recovering(serving, backup.engineVersion(), Moment.consistent())
                : KnownDatabase.forLoading(plugin, serving);
    }

    private List<String> recover(
            Backup base,
            BackupTarget.Store place,
            DatabaseServer server,
            ArchivesLog plugin,
            DatabaseSpec scratch,
            Login login)
            throws IOException {
        var chain = new LogStock(job.platform(), place)
                .of(base.project(), base.environment(), base.name(), plugin)
                .of(base);
        return new Recovery(job, place).into(server, chain, plugin, login, scratch.readyWithin());
    }

    private void clear(DatabaseServer server, String network) {
        server.destroy();
        job.platform().engine().removeNetwork(network);
    }

    /** What is known of a database that may be gone: enough to make one like it. */
    static DatabaseSpec specOf(Backup backup) {
        return DatabaseSpec.named(
                        backup.name(),
                        () -> new SettingsDocument(
                                backup.engine(), 1, Tree.branch().build()))
                .version(backup.engineVersion())
                .build();
    }
}
