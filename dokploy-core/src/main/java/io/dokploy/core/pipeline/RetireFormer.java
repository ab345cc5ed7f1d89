package io.dokploy.core.pipeline;

import io.dokploy.api.LogLine;
import io.dokploy.api.LogQuery;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.value.ByteSize;
import java.util.ArrayList;

/** Stops and removes what should not be there any more, and keeps the last part of what it said. */
final class RetireFormer implements Convergence.Step {

    private static final int LINES_KEPT = 2000;
    private static final ByteSize BYTES_KEPT = ByteSize.kibibytes(256);

    @Override
    public String name() {
        return "retire";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return !seen.surplus(wanted).isEmpty();
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        var deployer = job.platform().deployer();
        for (ReleaseId former : seen.others(wanted)) {
            // Stopped first, so that its last words are kept too.
            deployer.stop(job.ref(), former, job.context());
            keepLogs(job, former);
            deployer.retire(job.ref(), former, job.context());
        }
        if (wanted.isRunning() && seen.of(wanted).size() > wanted.replicas()) {
            deployer.prepare(job.target(wanted.required(), wanted.replicas()), job.context());
        }
    }

    private static void keepLogs(Job job, ReleaseId release) {
        var store = job.platform().store().releases();
        if (store.find(release).isEmpty()) {
            return;
        }
        var lines = new ArrayList<LogLine>();
        try (var logs = job.platform().deployer().logs(job.ref(), release, LogQuery.last(LINES_KEPT), job.context())) {
            logs.forEachRemaining(lines::add);
            store.keepLogs(release, KeptLogs.write(lines), BYTES_KEPT);
        } catch (DokployException e) {
            job.say("The last output of " + release + " could not be kept: " + e.getMessage());
        }
    }
}
