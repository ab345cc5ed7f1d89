package io.dokploy.core.pipeline;

import io.dokploy.api.application.Rollout;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.spi.Deployer.Process;
import java.time.Duration;

/** Sends a part of the requests to the new release for a time, and gives up if one of its containers ends. */
final class RunCanary implements Convergence.Step {

    @Override
    public String name() {
        return "canary";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return wanted.reason() == Wanted.Reason.DEPLOYMENT
                && wanted.required().spec().rollout() instanceof Rollout.Canary
                && !job.has(Job.Done.CANARY)
                && !seen.servesOnly(wanted)
                && seen.published()
                        .filter(published -> !published.releases().isEmpty())
                        .isPresent();
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        var canary = (Rollout.Canary) wanted.required().spec().rollout();
        job.say(canary.percent() + " % of the requests go to "
                + wanted.required().id() + " for " + canary.duration().toSeconds() + " s");
        Routing.publishShared(job, wanted, seen, canary.percent());
        var pacing = job.platform().pacing();
        var begin = pacing.now();
        pacing.await(canary.duration().plusSeconds(1), job.context().cancelToken(), () -> {
            watch(job, wanted);
            return Duration.between(begin, pacing.now()).compareTo(canary.duration()) >= 0;
        });
        job.note(Job.Done.CANARY);
    }

    private static void watch(Job job, Wanted wanted) {
        Convergence.look(job).of(wanted).stream()
                .filter(process -> !process.isRunning() || process.restarts() > 0)
                .map(Process::name)
                .findFirst()
                .ifPresent(name -> {
                    throw new ContainerExitedException(
                            job.ref().subject(),
                            "container " + name + " ended while it had a part of the requests"
                                    + LastLines.of(job, wanted.required().id()),
                            "All requests go to the former release again. Look at the output.");
                });
    }
}
