package io.dokploy.core.pipeline;

import io.dokploy.api.release.ReleaseId;
import io.dokploy.spi.Deployer.Process;
import java.time.Duration;
import java.util.List;

/**
 * Waits until nothing is open to containers that are to go: no connection from the router, none inside the network. Seen
 * twice, since a connection may just be about to be used again. Not within a second of the name's going over;
 * ends at the drain's deadline whatever is open.
 */
final class DrainFormer implements Convergence.Step {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    /** Who has looked up the application's name just before it went over may be about to connect. */
    private static final Duration AFTER_THE_NAME = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return !job.has(Job.Done.DRAINED) && seen.surplus(wanted).stream().anyMatch(Process::isRunning);
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        var platform = job.platform();
        List<ReleaseId> formers = seen.others(wanted);
        var limit = wanted.release().map(release -> release.spec().drain()).orElse(DEFAULT_LIMIT);
        formers.forEach(former -> platform.deployer().demote(job.ref(), former, job.context()));
        var begin = platform.pacing().now();
        var deadline = begin.plus(limit);
        var earliest = begin.plus(AFTER_THE_NAME);
        int quiet = 0;
        int open = 0;
        while ((quiet < 2 || platform.pacing().now().isBefore(earliest))
                && platform.pacing().now().isBefore(deadline)) {
            open = open(job, formers, seen.surplus(wanted));
            quiet = open == 0 ? quiet + 1 : 0;
            platform.pacing().pause(BETWEEN_LOOKS, job.context().cancelToken());
        }
        if (quiet < 2 && open > 0) {
            job.say(open + " connections to the former release are still open after " + limit.toSeconds()
                    + " s; it is stopped now");
        }
        job.note(Job.Done.DRAINED);
    }

    private static int open(Job job, List<ReleaseId> formers, List<Process> surplus) {
        var platform = job.platform();
        var addresses =
                surplus.stream().flatMap(process -> process.address().stream()).toList();
        int fromRouter = platform.router().connections(addresses, job.context()).orElse(0);
        if (fromRouter > 0) {
            return fromRouter;
        }
        return formers.stream()
                .mapToInt(former -> platform.deployer()
                        .connections(job.ref(), former, job.context())
                        .orElse(0))
                .sum();
    }
}
