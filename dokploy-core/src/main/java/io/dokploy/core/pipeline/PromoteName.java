package io.dokploy.core.pipeline;

import io.dokploy.spi.Deployer.Target;

/** Gives the application's own network name to the wanted release; the former one has it too until it is drained. */
final class PromoteName implements Convergence.Step {

    @Override
    public String name() {
        return "promote";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return wanted.isRunning()
                && seen.of(wanted).stream().anyMatch(process -> process.isRunning() && !process.promoted());
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        if (wanted.reason() != Wanted.Reason.RESTORATION) {
            job.operation().pointOfNoReturn();
        }
        var target = new Target(job.ref(), wanted.required(), wanted.replicas(), job.epoch());
        job.platform().deployer().promote(target, job.context());
    }
}
