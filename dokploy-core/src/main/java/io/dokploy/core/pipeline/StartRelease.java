package io.dokploy.core.pipeline;

import io.dokploy.spi.Deployer.Process;

/** Starts the containers of the wanted release beside those that run, and lets the router reach them privately. */
final class StartRelease implements Convergence.Step {

    @Override
    public String name() {
        return "start";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return wanted.isRunning()
                && !job.has(Job.Done.STARTED)
                && seen.of(wanted).stream().filter(Process::isRunning).count() < wanted.replicas();
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        var platform = job.platform();
        var release = wanted.required();
        RequiredImage.ensure(job, release);
        platform.router().attach(platform.deployer().ensureNetwork(job.ref(), job.context()), job.context());
        if (wanted.reason() != Wanted.Reason.RESTORATION && CheckHealth.throughRouter(release.spec())) {
            // The private routes get into force while the containers start.
            Routing.publishCandidates(job, wanted, seen);
        }
        job.say("Starting " + release.id() + ", containers: " + wanted.replicas());
        platform.deployer().prepare(job.target(release, wanted.replicas()), job.context());
        job.note(Job.Done.STARTED);
    }
}
