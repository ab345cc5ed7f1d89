package io.dokploy.core.database;

import io.dokploy.api.database.Database;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.database.Blueprint;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Replaces what serves a database: a container and volume beside it are made ready, and take over. Until then nothing of
 * what serves is lost; if anything fails, it serves again.
 */
public final class NextGeneration {

    private final DatabaseJob job;
    private final DatabaseJob next;
    private final Function<Placement, DatabaseServer> servers;
    private final int number;

    private NextGeneration(DatabaseJob job, DatabaseJob next, Function<Placement, DatabaseServer> servers) {
        this.job = job;
        this.next = next;
        this.servers = servers;
        this.number = job.database().generation() + 1;
    }

    /** The next generation of the same version. */
    public static NextGeneration of(DatabaseJob job) {
        return new NextGeneration(job, job, job::loading);
    }

    /** The next generation of the same version, filled in a container that is made like that. */
    public static NextGeneration of(DatabaseJob job, Blueprint filling) {
        return new NextGeneration(job, job, placement -> job.known().server(placement, filling, job.context()));
    }

    /** One of another version. */
    static NextGeneration ofVersion(DatabaseJob job, String engineVersion) {
        var next = job.ofVersion(engineVersion);
        return new NextGeneration(job, next, next::loading);
    }

    /**
     * Makes it and lets it serve.
     *
     * @param fill gets the server beside, which is not created yet; leaves it filled, checked and running
     */
    public Database takeOver(Consumer<DatabaseServer> fill) {
        var aside = servers.apply(aside(number));
        try {
            // What an attempt left that died, before or in the swap.
            aside.destroy();
            bringBack(job);
            fill.accept(aside);
            return swap(aside);
        } catch (FencedException | ShutDownException e) {
            throw e;
        } catch (RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    /**
     * Takes the one that serves out of the network, where nobody writes to it any more. It is back when this generation
     * cannot take over.
     *
     * @return the same data, running
     */
    DatabaseServer withdraw() {
        var database = job.database();
        job.serving().removeContainer(database.spec().stopGrace());
        var withdrawn = withdrawn(job);
        withdrawn.create(database.spec(), job.image(database.engineVersion()), job.network());
        withdrawn.start(database.spec().readyWithin());
        return withdrawn;
    }

    private static DatabaseServer withdrawn(DatabaseJob job) {
        var database = job.database();
        return job.server(Placement.withdrawn(job.platform().store().instance(), database, database.generation()));
    }

    private Placement aside(int generation) {
        return Placement.aside(job.platform().store().instance(), job.database(), generation);
    }

    private Database swap(DatabaseServer aside) {
        var database = next.database();
        var databases = job.platform().store().databases();
        job.operation().pointOfNoReturn();
        job.operation().step("swap");
        var grace = database.spec().stopGrace();
        aside.removeContainer(grace);
        job.serving().removeContainer(grace);
        withdrawn(job).removeContainer(grace);
        var serving = next.server(Placement.serving(job.platform().store().instance(), database, number));
        serving.create(database.spec(), next.image(database.engineVersion()), job.network());
        serving.start(database.spec().readyWithin());
        var swapped = database.engineVersion().equals(job.database().engineVersion())
                ? databases.setGeneration(database.id(), number, database.engineVersion())
                : databases.setUpgraded(database.id(), number, database.engineVersion());
        removeOlder();
        job.say("Generation " + number + " serves; the volume of the one before is kept until the next restore");
        return database.stopped() ? databases.setStopped(database.id(), false) : swapped;
    }

    /** They are in nobody's way, so one that cannot be removed waits for the next time. */
    private void removeOlder() {
        for (int old = 1; old < job.database().generation(); old++) {
            try {
                job.server(aside(old)).destroy();
            } catch (FencedException | ShutDownException e) {
                throw e;
            } catch (DokployException e) {
                job.say("Generation " + old + " is not removed yet: " + e.getMessage());
            }
        }
    }

    /** The one that served before serves again, if it should. */
    private static void bringBack(DatabaseJob job) {
        var database = job.database();
        withdrawn(job).removeContainer(database.spec().stopGrace());
        if (!database.stopped()) {
            var serving = job.serving();
            serving.create(database.spec(), job.image(database.engineVersion()), job.network());
            serving.start(database.spec().readyWithin());
        }
    }

    /** A cancellation must not stop what it asked for. What has taken over stays: the store says so, and it has the data. */
    private void undo(RuntimeException failure) {
        if (hasTakenOver()) {
            return;
        }
        job.say("Going back to what was there: " + failure.getMessage());
        try (var context =
                job.platform().contexts().open(Progress.none(), CancelToken.never(), job.operation()::masked)) {
            next.within(context).server(aside(number)).destroy();
            bringBack(job.within(context));
        } catch (DokployException undoFailure) {
            failure.addSuppressed(undoFailure);
            job.say("Going back was not possible: " + undoFailure.getMessage());
        }
    }

    private boolean hasTakenOver() {
        return job.platform()
                .store()
                .databases()
                .find(job.database().id())
                .filter(known -> known.generation() == number)
                .isPresent();
    }
}
