package io.dokploy.core.database;

import io.dokploy.api.database.Database;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.util.function.Supplier;

/** A database that the store has and that has never served: what makes it, makes all of it or nothing. */
public final class NewDatabase {

    private NewDatabase() {}

    /** Makes it; if that fails neither engine nor store have anything of it. */
    public static <T> T orNothing(DatabaseJob job, Supplier<T> work) {
        try {
            return work.get();
        } catch (FencedException | ShutDownException e) {
            // Somebody newer, or the next start, goes on from here.
            throw e;
        } catch (RuntimeException e) {
            undo(job, e);
            throw e;
        }
    }

    /** The same for one that is filled by its next generation, whose first one never was. */
    public static Database filledOrNothing(DatabaseJob job, Supplier<Database> work) {
        if (job.database().generation() > 1) {
            // An attempt that died after the swap.
            return job.platform().store().databases().setStopped(job.database().id(), false);
        }
        return orNothing(job, work);
    }

    /** A cancellation must not stop what it asked for. */
    private static void undo(DatabaseJob job, RuntimeException failure) {
        try (var context =
                job.platform().contexts().open(Progress.none(), CancelToken.never(), job.operation()::masked)) {
            job.within(context).serving().destroy();
            job.platform().store().databases().delete(job.database().id());
        } catch (RuntimeException undoFailure) {
            failure.addSuppressed(undoFailure);
            job.say("What was made of it could not be removed: " + undoFailure.getMessage());
        }
    }
}
