package io.dokploy.core.pipeline;

import io.dokploy.api.release.Release;

/** Keeps in the store which release serves. */
final class RecordLive implements Convergence.Step {

    @Override
    public String name() {
        return "record";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        var application =
                job.platform().store().applications().find(job.application().id());
        return application
                .filter(current -> !current.live().equals(wanted.release().map(Release::id)))
                .isPresent();
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        job.platform()
                .store()
                .applications()
                .setLive(job.application().id(), job.epoch(), wanted.release().map(Release::id));
    }
}
