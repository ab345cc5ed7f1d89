package io.dokploy.core.pipeline;

import io.dokploy.api.error.DefectException;
import io.dokploy.api.error.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what is and takes one step towards what should be, until nothing is left to do. Each look is followed by the
 * check that nobody newer has taken over. So it can be begun anew at any point: after a crash, to undo, to repair.
 */
final class Convergence {

    /** Far more than any path needs; a step that never gets done would otherwise go on for ever. */
    private static final int ROUNDS = 60;

    /** One step; says by what is seen whether it is needed. */
    interface Step {

        /** For events and people: {@code switch}. */
        String name();

        boolean isNeeded(Job job, Wanted wanted, Seen seen);

        void run(Job job, Wanted wanted, Seen seen);
    }

    private final List<Step> steps = List.of(
            new RunPreSwitchCommand(),
            new StopFormer(),
            new StartRelease(),
            new CheckHealth(),
            new RunCanary(),
            new PromoteName(),
            new SwitchRoutes(),
            new ConfirmFrontDoor(),
            new RecordLive(),
            new DrainFormer(),
            new RetireFormer(),
            new StopRelease());

    void converge(Job job, Wanted wanted) {
        Step last = null;
        for (int round = 0; round < ROUNDS; round++) {
            job.checkpoint();
            var seen = look(job);
            var step = next(job, wanted, seen);
            if (step == null) {
                return;
            }
            if (step != last) {
                job.begin(step.name());
                last = step;
            }
            step.run(job, wanted, seen);
        }
        throw new DefectException(
                Failure.defect(
                        "no-convergence",
                        job.ref().subject(),
                        "the step " + (last == null ? "?" : last.name()) + " does not come to an end"),
                null);
    }

    private @Nullable Step next(Job job, Wanted wanted, Seen seen) {
        for (Step step : steps) {
            if (step.isNeeded(job, wanted, seen)) {
                return step;
            }
        }
        return null;
    }

    static Seen look(Job job) {
        var platform = job.platform();
        return new Seen(
                platform.deployer().observe(job.ref(), job.context()),
                platform.router().published(job.ref()));
    }
}
