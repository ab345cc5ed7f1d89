package io.dokploy.core.pipeline;

import io.dokploy.spi.Deployer.Process;

/** Stops the containers of a release that should be there but not run. */
final class StopRelease implements Convergence.Step {

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return wanted.state() == Wanted.State.STOPPED
                && seen.of(wanted).stream().anyMatch(Process::isRunning);
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        job.platform().deployer().stop(job.ref(), wanted.required().id(), job.context());
    }
}
