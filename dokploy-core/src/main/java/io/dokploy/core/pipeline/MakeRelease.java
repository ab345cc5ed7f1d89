package io.dokploy.core.pipeline;

import io.dokploy.api.release.Release;
import java.util.Optional;

/** Writes down all that is needed to run this again, before anything of it runs. */
final class MakeRelease {

    Release run(Job job, Wish wish, Built built) {
        var platform = job.platform();
        var release = new Release(
                platform.store().ids().newReleaseId(),
                job.application().id(),
                job.operation().record().id(),
                built.image(),
                wish.spec(),
                wish.environment(),
                built.commit(),
                platform.pacing().now(),
                job.operation().record().actor());
        return keep(job, release);
    }

    /** The same again as a release of its own, with containers of its own. */
    Release again(Job job, Release former) {
        var copy = new Release(
                job.platform().store().ids().newReleaseId(),
                former.application(),
                job.operation().record().id(),
                former.image(),
                former.spec(),
                former.environment(),
                former.commit(),
                job.platform().pacing().now(),
                job.operation().record().actor());
        return keep(job, copy);
    }

    private static Release keep(Job job, Release release) {
        job.checkpoint();
        job.platform().store().releases().insert(release);
        job.operation().saveCheckpoint(CheckpointForm.of(release.id(), CheckpointForm.Migration.OPEN));
        return release;
    }

    /** The release that this operation made before it was interrupted, if it came that far. */
    Optional<Release> interrupted(Job job) {
        return CheckpointForm.release(job)
                .flatMap(id -> job.platform().store().releases().find(id))
                .map(release -> {
                    job.mask(release.environment().values());
                    job.say("Going on with " + release.id() + " after an interruption");
                    return release;
                });
    }
}
