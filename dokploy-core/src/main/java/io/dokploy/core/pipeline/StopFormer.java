package io.dokploy.core.pipeline;

import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.Deployer.Process;

/** Where two releases cannot run side by side: stops the former one, but keeps it in case the new one fails. */
final class StopFormer implements Convergence.Step {

    @Override
    public String name() {
        return "stop-former";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return wanted.isRunning()
                && wanted.required().spec().recreateReason().isPresent()
                && seen.of(wanted).stream().filter(Process::isRunning).count() < wanted.replicas()
                && seen.anyRunning(seen.others(wanted));
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        if (wanted.reason() != Wanted.Reason.RESTORATION) {
            var reason = wanted.required().spec().recreateReason().orElseThrow();
            job.say("The former release is stopped first: " + reason);
            job.operation()
                    .emit(
                            EventType.DOWNTIME,
                            Severity.WARNING,
                            Tree.branch().put("reason", reason).build());
            job.downtimeBegins();
        }
        Routing.publishNobody(job, seen);
        for (ReleaseId former : seen.others(wanted)) {
            job.platform().deployer().stop(job.ref(), former, job.context());
        }
    }
}
