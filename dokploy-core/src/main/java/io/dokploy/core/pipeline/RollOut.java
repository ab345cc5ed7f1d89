package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Release;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.CancelToken;
import java.util.Optional;

/** Makes a release the one that serves; if that fails, what was there before serves on and nothing is left behind. */
final class RollOut {

    private final Convergence convergence = new Convergence();

    Release run(Job job, Wanted wanted) {
        var release = wanted.required();
        if (isRecordedLive(job, release) && !job.application().stopped()) {
            return finish(job, release);
        }
        if (job.operation().attempt() == 1) {
            job.formerRoutesHold();
        }
        try {
            convergence.converge(job, wanted);
        } catch (RuntimeException e) {
            var failure = reasonOf(job, e);
            if (goesOnElsewhere(failure)) {
                throw failure;
            }
            if (job.has(Job.Done.CONFIRMED) && isRecordedLive(job, release)) {
                leaveTheRest(job, release, failure);
            } else {
                undo(job, release, failure);
                throw failure;
            }
        }
        afterwards(job, release);
        return release;
    }

    /** Clears away what a deployment left that was interrupted after its release had gone live. */
    Release finish(Job job, Release live) {
        try {
            convergence.converge(
                    job, Wanted.restored(Optional.of(live), live.spec().replicas(), Wanted.State.RUNNING));
        } catch (RuntimeException e) {
            var failure = reasonOf(job, e);
            if (goesOnElsewhere(failure)) {
                throw failure;
            }
            leaveTheRest(job, live, failure);
        }
        afterwards(job, live);
        return live;
    }

    /** What breaks while the work is being stopped is a consequence of the stop. */
    private static RuntimeException reasonOf(Job job, RuntimeException failure) {
        try {
            job.context().cancelToken().throwIfCancelled();
            return failure;
        } catch (DokployException reason) {
            return reason;
        }
    }

    /** Whether somebody newer, or the next start, goes on from here. */
    private static boolean goesOnElsewhere(RuntimeException failure) {
        return failure instanceof FencedException || failure instanceof ShutDownException;
    }

    private static void afterwards(Job job, Release release) {
        var applications = job.platform().store().applications();
        if (applications
                .find(job.application().id())
                .filter(Application::stopped)
                .isPresent()) {
            applications.setStopped(job.application().id(), job.epoch(), false);
        }
        new PruneReleases().run(job, release);
    }

    private static boolean isRecordedLive(Job job, Release release) {
        return job.platform()
                .store()
                .applications()
                .find(job.application().id())
                .flatMap(Application::live)
                .filter(release.id()::equals)
                .isPresent();
    }

    /** Users are served by the new release; what could not be cleared away is left to a reconciliation. */
    private static void leaveTheRest(Job job, Release release, RuntimeException e) {
        job.say(release.id() + " serves, but the former release could not be removed: " + e.getMessage()
                + ". A reconciliation will do it.");
        job.operation()
                .emit(
                        EventType.DRIFT_REPAIRED,
                        Severity.WARNING,
                        Tree.branch()
                                .put("done", "nothing yet: " + e.getMessage())
                                .build());
    }

    private void undo(Job job, Release candidate, RuntimeException failure) {
        var platform = job.platform();
        job.say("Going back to what was there: " + failure.getMessage());
        // A cancellation must not stop what it asked for.
        try (var context = platform.contexts().open(job.context().progress(), CancelToken.never(), job::masked)) {
            var undoing = job.within(context);
            if (job.doFormerRoutesHold()) {
                undoing.formerRoutesHold();
            }
            var former = job.application()
                    .live()
                    .flatMap(id -> job.platform().store().releases().find(id));
            var state = job.application().stopped() ? Wanted.State.STOPPED : Wanted.State.RUNNING;
            int replicas = former.map(release -> release.spec().replicas()).orElse(0);
            convergence.converge(undoing, Wanted.restored(former, replicas, state));
            job.downtimeEnds("the former release serves again");
            discard(undoing, candidate);
        } catch (RuntimeException undoFailure) {
            failure.addSuppressed(undoFailure);
            job.say("Going back was not possible: " + undoFailure.getMessage() + ". A reconciliation will do it.");
            if (undoFailure instanceof DokployException && !(undoFailure instanceof FencedException)) {
                job.operation()
                        .emit(
                                EventType.DRIFT_REPAIRED,
                                Severity.ERROR,
                                Tree.branch()
                                        .put("done", "nothing yet: " + undoFailure.getMessage())
                                        .build());
            }
        }
    }

    /** Removes what only the candidate needed. A former release that was to come back stays what it was. */
    private static void discard(Job job, Release candidate) {
        boolean madeHere = candidate.operation().equals(job.operation().record().id());
        if (madeHere) {
            job.platform().deployer().retire(job.ref(), candidate.id(), job.context());
            job.platform().store().releases().delete(candidate.id());
            PruneReleases.removeUnneededImages(job);
        }
    }
}
