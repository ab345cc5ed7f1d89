package io.dokploy.core.pipeline;

/** Replaces the routes: from now on all requests go to the wanted release, and the router is seen to do so. */
final class SwitchRoutes implements Convergence.Step {

    @Override
    public String name() {
        return "switch";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return !job.has(Job.Done.ROUTED) || !seen.servesOnly(wanted) && Routing.hasDomains(wanted);
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        if (wanted.isRunning() && wanted.reason() != Wanted.Reason.RESTORATION) {
            job.operation().pointOfNoReturn();
        }
        Routing.publish(job, wanted);
        job.note(Job.Done.ROUTED);
    }
}
