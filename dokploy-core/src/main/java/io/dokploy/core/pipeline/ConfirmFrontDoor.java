package io.dokploy.core.pipeline;

import io.dokploy.api.error.UnhealthyException;
import io.dokploy.api.route.Domain;
import io.dokploy.spi.Router.Answer;
import java.time.Duration;
import java.util.Set;

/** Asks the front door as a user would, right after the switch; a release is done when users are served by it. */
final class ConfirmFrontDoor implements Convergence.Step {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final Set<Integer> BAD_GATEWAY = Set.of(502, 503, 504);

    @Override
    public String name() {
        return "confirm";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return wanted.isRunning() && wanted.reason() != Wanted.Reason.RESTORATION && !job.has(Job.Done.CONFIRMED);
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        for (Domain domain : wanted.required().spec().domains()) {
            confirm(job, domain);
        }
        job.note(Job.Done.CONFIRMED);
        job.downtimeEnds("the new release serves");
    }

    private static void confirm(Job job, Domain domain) {
        var platform = job.platform();
        var cancel = job.context().cancelToken();
        var deadline = platform.pacing().now().plus(PATIENCE);
        var answer = platform.router().ask(domain, job.context());
        while (!isGood(answer) && platform.pacing().now().isBefore(deadline)) {
            platform.pacing().pause(BETWEEN_TRIES, cancel);
            answer = platform.router().ask(domain, job.context());
        }
        if (!isGood(answer)) {
            throw refused(job, domain, answer);
        }
        job.say(domain.url() + " answers with status " + answer.status());
    }

    private static UnhealthyException refused(Job job, Domain domain, Answer answer) {
        return new UnhealthyException(
                job.ref().subject(),
                "after the switch the front door answered for " + domain.url() + " with "
                        + (answer.status() == 0 ? answer.problem() : "status " + answer.status())
                        + (answer.routed() ? "" : ", which is not the application's answer")
                        + " (asked at " + answer.address() + ")",
                "The former routes were put back. Look at the release's log and at the domain's options.");
    }

    private static boolean isGood(Answer answer) {
        return answer.routed() && answer.status() != 0 && !BAD_GATEWAY.contains(answer.status());
    }
}
