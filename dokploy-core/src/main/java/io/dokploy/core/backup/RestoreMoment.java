package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.backup.RecoveryChain.Stock;
import io.dokploy.core.database.Capability;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.KnownDatabase;
import io.dokploy.core.database.NextGeneration;
import io.dokploy.core.store.LogArchiveRow;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.ArchivesLog;
import io.dokploy.spi.database.ArchivesLog.Moment;
import java.io.IOException;
import java.util.List;

/** Brings a database to a moment: its next generation recovers from a base and the log, before that takes over. */
final class RestoreMoment {

    private final DatabaseJob job;
    private final BackupKeys keys;
    private final LogSource source;
    private final ArchivesLog plugin;

    /** @param source of base and log */
    RestoreMoment(DatabaseJob job, BackupKeys keys, LogSource source) {
        this.job = job;
        this.keys = keys;
        this.source = source;
        this.plugin = Capability.of(ArchivesLog.class, job.known());
    }

    Database run(PointInTime moment) {
        storeTheRest();
        var target = source.base(moment).target();
        try (var place = Place.open(job.platform(), target, job.context())) {
            var chain = chain(moment, place);
            requireFit(chain);
            var room = new RoomCheck(job.platform());
            room.require(chain.base(), job.database().spec().resources(), job.subject());
            var until = moment.time()
                    .map(Moment::at)
                    .orElseGet(() -> Moment.named(moment.name().orElseThrow()));
            job.say("From base " + chain.base().id() + " with "
                    + chain.segments().size() + " segments of log to " + moment);
            var blueprint = plugin.recovering(job.blueprint(), chain.base().engineVersion(), until);
            return NextGeneration.of(job, blueprint).takeOver(aside -> recover(chain, aside, target, place));
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
    }

    /** What cannot be stored any more must not keep anybody from what is stored. */
    private void storeTheRest() {
        var known = source.now().map(database -> KnownDatabase.of(job.platform(), database));
        var row = known.flatMap(owner ->
                job.platform().store().logArchives().find(owner.database().id()));
        if (row.isEmpty() || !writes(known.orElseThrow(), row.get())) {
            job.say("Its log is not written now: what was stored before is used");
            return;
        }
        job.operation().step("store");
        job.operation().mask(List.of(known.get().login().password()));
        try {
            new ShipLog(job.platform(), keys, known.get(), job.context()).shipAll(row.get());
        } catch (FencedException | ShutDownException | CancelledException e) {
            throw e;
        } catch (DokployException e) {
            job.context().cancelToken().throwIfCancelled();
            job.say("The newest part of its log could not be stored, so what was stored before is used: "
                    + e.getMessage());
        }
    }

    private boolean writes(KnownDatabase owner, LogArchiveRow row) {
        return row.generation() == owner.database().generation()
                && owner.server(owner.placement(), job.context()).isRunning();
    }

    private RecoveryChain chain(PointInTime moment, BackupTarget.Store place) throws IOException {
        Stock stock =
                new LogStock(job.platform(), place).of(source.project(), source.environment(), source.name(), plugin);
        if (moment.time().isPresent()) {
            return stock.to(moment.time().get());
        }
        var point = source.point(moment.name().orElseThrow());
        return stock.to(point.time(), point.history());
    }

    private void requireFit(RecoveryChain chain) {
        var database = job.database();
        var base = chain.base();
        if (!base.engine().equals(database.engine())) {
            throw refused(
                    "wrong-engine",
                    "base " + base.id() + " is of " + base.engine() + ", and this database is " + database.engine(),
                    "Restore it into a database of the same engine.");
        }
        if (!job.plugin().series(base.engineVersion()).equals(job.plugin().series(database.engineVersion()))) {
            throw refused(
                    "other-version",
                    "at that moment it was of version " + base.engineVersion() + ", whose files version "
                            + database.engineVersion() + " does not open",
                    "Restore that moment into a new database of that version, or choose one after the upgrade.");
        }
        source.now().filter(owner -> isBaseOf(owner, base)).map(Database::spec).ifPresent(this::requireLoginOf);
        base.keyFingerprint().ifPresent(fingerprint -> keys.requireKey("backup " + base.id(), fingerprint));
    }

    private static boolean isBaseOf(Database owner, Backup base) {
        return base.log()
                .filter(span -> LogArchiveRow.isHistoryOf(owner.id(), span.history()))
                .isPresent();
    }

    /** What is known at once need not be found out by a recovery. */
    private void requireLoginOf(DatabaseSpec owner) {
        var login = job.login();
        if (!login.user().equals(owner.user()) || !login.database().equals(owner.database())) {
            throw refused(
                    Recovery.OTHER_LOGIN,
                    source.subject() + " has the user " + owner.user() + " and the first database " + owner.database()
                            + ", and this spec says " + login.user() + " and " + login.database(),
                    "Name those in the spec; the password may be another one.");
        }
    }

    private UserErrorException refused(String code, String reason, String remedy) {
        return new UserErrorException(Failure.user(code, job.subject(), reason, remedy));
    }

    private void recover(RecoveryChain chain, DatabaseServer aside, String target, BackupTarget.Store place) {
        job.operation().step("provision");
        var spec = job.provision(aside);
        try {
            new Recovery(BackupJob.of(job, keys), place)
                    .into(aside, chain, plugin, job.login(), spec.readyWithin())
                    .forEach(job::say);
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
        // That of the moment is there, and that of now is to be.
        plugin.changePassword(job.login(), job.login().user(), job.login().password())
                .forEach(aside::ask);
    }
}
