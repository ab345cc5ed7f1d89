package io.dokploy.core.backup;

import io.dokploy.api.backup.PointInTime;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.backup.RecoveryChain.Stock;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.NextGeneration;
import io.dokploy.core.store.LogArchiveRow;
import io.dokploy.core.store.LogArchiveTable.NamedMoment;
import io.dokploy.spi.backup.BackupTarget;
import io.dokploy.spi.database.ArchivesLog;
import io.dokploy.spi.database.ArchivesLog.Moment;
import java.io.IOException;
import java.util.List;

/** Brings a database back to a moment: its next generation recovers from a base and the log, before that takes over. */
final class RestoreMoment {

    private final DatabaseJob job;
    private final BackupKeys keys;
    private final ArchivesLog plugin;

    RestoreMoment(DatabaseJob job, BackupKeys keys) {
        this.job = job;
        this.keys = keys;
        this.plugin = (ArchivesLog) job.plugin();
    }

    Database run(LogArchiveRow row, PointInTime moment) {
        storeTheRest(row);
        try (var place = Place.open(job.platform(), row.target(), job.context())) {
            var chain = chain(row, moment, place);
            requireFit(chain);
            var room = new RoomCheck(job.platform());
            room.require(chain.base(), job.database().spec().resources(), job.subject());
            var target = moment.time()
                    .map(Moment::at)
                    .orElseGet(() -> Moment.named(moment.name().orElseThrow()));
            job.say("From base " + chain.base().id() + " with "
                    + chain.segments().size() + " segments of log to " + moment);
            var blueprint = plugin.recovering(job.blueprint(), chain.base().engineVersion(), target);
            return NextGeneration.of(job, blueprint).takeOver(aside -> recover(chain, aside, row.target(), place));
        } catch (IOException e) {
            throw Place.failed(row.target(), job.subject(), e);
        }
    }

    /** What cannot be stored any more must not keep anybody from what is stored. */
    private void storeTheRest(LogArchiveRow row) {
        if (row.generation() != job.database().generation() || !job.serving().isRunning()) {
            job.say("Its log is not written now: what was stored before is used");
            return;
        }
        job.operation().step("store");
        try {
            new ShipLog(job.platform(), keys, job.known(), job.context()).shipAll(row);
        } catch (FencedException | ShutDownException | CancelledException e) {
            throw e;
        } catch (DokployException e) {
            job.context().cancelToken().throwIfCancelled();
            job.say("The newest part of its log could not be stored, so what was stored before is used: "
                    + e.getMessage());
        }
    }

    private RecoveryChain chain(LogArchiveRow row, PointInTime moment, BackupTarget.Store place) throws IOException {
        var database = job.database();
        Stock stock = new LogStock(job.platform(), place)
                .of(database.project(), database.environment(), database.name(), plugin);
        if (moment.time().isPresent()) {
            return stock.to(moment.time().get());
        }
        var point = point(moment.name().orElseThrow());
        return stock.to(point.time(), point.history());
    }

    private NamedMoment point(String name) {
        List<NamedMoment> points =
                job.platform().store().logArchives().points(job.database().id());
        return points.stream()
                .filter(point -> point.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        job.subject(),
                        "it has no moment of the name \"" + name + "\"; there are: "
                                + points.stream().map(NamedMoment::name).toList(),
                        "Correct the name, or use a time."));
    }

    private void requireFit(RecoveryChain chain) {
        var database = job.database();
        var base = chain.base();
        if (!job.plugin().series(base.engineVersion()).equals(job.plugin().series(database.engineVersion()))) {
            throw new UserErrorException(Failure.user(
                    "other-version",
                    job.subject(),
                    "at that moment it was of version " + base.engineVersion() + ", whose files version "
                            + database.engineVersion() + " does not open",
                    "Choose a moment after the upgrade, or restore a dump."));
        }
        base.keyFingerprint().ifPresent(fingerprint -> keys.requireKey("backup " + base.id(), fingerprint));
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
