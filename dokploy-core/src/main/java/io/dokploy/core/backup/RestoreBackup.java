package io.dokploy.core.backup;

import io.dokploy.api.backup.Backup;
import io.dokploy.api.database.Database;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.core.database.DatabaseJob;
import io.dokploy.core.database.DatabaseServer;
import io.dokploy.core.database.Placement;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;

/**
 * Replaces the data of a database: the backup is restored into the next generation beside the one that serves, compared,
 * and swapped in. Until the swap nothing of what serves is touched, and a swap that fails brings it back.
 */
final class RestoreBackup {

    private final BackupKeys keys;

    RestoreBackup(BackupKeys keys) {
        this.keys = keys;
    }

    Database run(DatabaseJob job, Backup backup, String target) {
        requireEngine(job, backup);
        int next = job.database().generation() + 1;
        var aside = job.loading(place(job, next, Role.ASIDE));
        try {
            // What an attempt left that died, before or in the swap.
            aside.destroy();
            bringBack(job);
            restore(job, backup, target, aside);
            return swap(job, next, aside);
        } catch (FencedException | ShutDownException e) {
            throw e;
        } catch (RuntimeException e) {
            undo(job, next, e);
            throw e;
        }
    }

    private enum Role {
        SERVING,
        ASIDE
    }

    private static Placement place(DatabaseJob job, int generation, Role role) {
        var instance = job.platform().store().instance();
        return role == Role.SERVING
                ? Placement.serving(instance, job.database(), generation)
                : Placement.aside(instance, job.database(), generation);
    }

    private static void requireEngine(DatabaseJob job, Backup backup) {
        if (!backup.engine().equals(job.database().engine())) {
            throw new UserErrorException(Failure.user(
                    "wrong-engine",
                    job.subject(),
                    "backup " + backup.id() + " is of " + backup.engine() + ", and this database is "
                            + job.database().engine(),
                    "Restore it into a database of the same engine."));
        }
    }

    private void restore(DatabaseJob job, Backup backup, String target, DatabaseServer aside) {
        var database = job.database();
        var spec = database.spec().toBuilder().withoutInitScripts().build();
        job.operation().step("provision");
        try (var place = Place.open(job.platform(), target, job.context())) {
            aside.create(spec, job.image(database.engineVersion()), job.network());
            new RestoreParts(place, keys, job.operation()::step)
                    .run(
                            backup,
                            aside,
                            job.plugin(),
                            spec,
                            job.login(),
                            job.context().cancelToken())
                    .forEach(job::say);
        } catch (IOException e) {
            throw Place.failed(target, job.subject(), e);
        }
    }

    private static Database swap(DatabaseJob job, int next, DatabaseServer aside) {
        var database = job.database();
        job.operation().pointOfNoReturn();
        job.operation().step("swap");
        var grace = database.spec().stopGrace();
        aside.removeContainer(grace);
        job.serving().removeContainer(grace);
        var serving = job.server(place(job, next, Role.SERVING));
        serving.create(database.spec(), job.image(database.engineVersion()), job.network());
        serving.start(database.spec().readyWithin());
        var swapped = job.platform().store().databases().setGeneration(database.id(), next, database.engineVersion());
        for (int old = 1; old < database.generation(); old++) {
            job.server(place(job, old, Role.ASIDE)).destroy();
        }
        job.say("Generation " + next + " serves; the volume of the one before is kept until the next restore");
        return job.database().stopped() ? job.platform().store().databases().setStopped(database.id(), false) : swapped;
    }

    /** The one that served before serves again, if it should. */
    private static void bringBack(DatabaseJob job) {
        var database = job.database();
        if (!database.stopped()) {
            var serving = job.serving();
            serving.create(database.spec(), job.image(database.engineVersion()), job.network());
            serving.start(database.spec().readyWithin());
        }
    }

    /** A cancellation must not stop what it asked for. */
    private static void undo(DatabaseJob job, int next, RuntimeException failure) {
        job.say("Going back to what was there: " + failure.getMessage());
        try (var context =
                job.platform().contexts().open(Progress.none(), CancelToken.never(), job.operation()::masked)) {
            var undoing = job.within(context);
            undoing.server(place(job, next, Role.ASIDE)).destroy();
            bringBack(undoing);
        } catch (DokployException undoFailure) {
            failure.addSuppressed(undoFailure);
            job.say("Going back was not possible: " + undoFailure.getMessage());
        }
    }
}
