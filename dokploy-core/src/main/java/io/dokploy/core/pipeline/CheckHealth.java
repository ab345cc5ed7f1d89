package io.dokploy.core.pipeline;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.UnhealthyException;
import io.dokploy.api.release.Release;
import io.dokploy.spi.Deployer.Process;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Waits until each container of the new release has proven that it can serve, or one deadline for all is over. */
final class CheckHealth implements Convergence.Step {

    /** How often the engine is asked whether the containers are still there; a probe costs much less. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** How long one that was started again is waited for to end once more; only for a better message. */
    private static final Duration NEXT_END = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "check";
    }

    @Override
    public boolean isNeeded(Job job, Wanted wanted, Seen seen) {
        return wanted.isRunning()
                && wanted.replicas() > 0
                && wanted.reason() != Wanted.Reason.RESTORATION
                && !job.has(Job.Done.HEALTHY);
    }

    /** Whether the check of that spec needs private routes. */
    static boolean throughRouter(ApplicationSpec spec) {
        return spec.effectiveHealth() instanceof HttpHealthCheck;
    }

    @Override
    public void run(Job job, Wanted wanted, Seen seen) {
        var spec = wanted.required().spec();
        if (throughRouter(spec)) {
            if (!job.hasPublishedCandidates()) {
                Routing.publishCandidates(job, wanted, seen);
            }
            Routing.awaitInForce(job, job.lastRevision());
        }
        new Round(job, wanted).run();
        job.note(Job.Done.HEALTHY);
        job.say(wanted.required().id() + " is healthy");
    }

    /** The tries of one check. */
    private static final class Round {
        private final Job job;
        private final Wanted wanted;
        private final Release release;
        private final HealthProbe probe;
        private final Instant deadline;
        private final Set<String> passed = new HashSet<>();
        private List<Process> processes = List.of();
        private Instant looked = Instant.MIN;

        Round(Job job, Wanted wanted) {
            this.job = job;
            this.wanted = wanted;
            this.release = wanted.required();
            this.probe = new HealthProbe(job, release);
            this.deadline = job.platform().pacing().now().plus(release.spec().healthyWithin());
        }

        void run() {
            var pacing = job.platform().pacing();
            boolean healthy = pacing.await(
                    Duration.between(pacing.now(), deadline), job.context().cancelToken(), this::allPass);
            if (!healthy) {
                throw unhealthy();
            }
        }

        private boolean allPass() {
            var now = job.platform().pacing().now();
            if (now.isAfter(looked.plus(LOOK_EVERY)) || processes.size() < wanted.replicas()) {
                look(now);
            }
            for (Process process : processes) {
                if (!passed.contains(process.id()) && process.isRunning() && probe.passes(process)) {
                    passed.add(process.id());
                }
            }
            return passed.size() >= wanted.replicas() && allStillRun();
        }

        /** A container may pass and die; only what runs at the end counts. */
        private boolean allStillRun() {
            look(job.platform().pacing().now());
            return processes.stream().allMatch(process -> passed.contains(process.id()));
        }

        private void look(Instant now) {
            looked = now;
            processes = observe();
            processes.stream().filter(Round::hasEnded).findFirst().ifPresent(process -> {
                throw exited(withExitCode(process));
            });
        }

        private List<Process> observe() {
            return job.platform().deployer().observe(job.ref(), job.context()).stream()
                    .filter(process -> wanted.is(process.release()) && process.replica() <= wanted.replicas())
                    .toList();
        }

        /** One that the engine has started again already has no exit code until it ends the next time. */
        private Process withExitCode(Process ended) {
            var found = new ArrayList<>(List.of(ended));
            job.platform().pacing().await(NEXT_END, job.context().cancelToken(), () -> {
                observe().stream()
                        .filter(process -> process.id().equals(ended.id()))
                        .forEach(process -> found.set(0, process));
                return found.get(0).exitCode().isPresent();
            });
            return found.get(0);
        }

        private static boolean hasEnded(Process process) {
            return !process.isRunning() || process.restarts() > 0;
        }

        private ContainerExitedException exited(Process process) {
            return new ContainerExitedException(
                    job.ref().subject(),
                    "container " + process.name() + " ended"
                            + process.exitCode()
                                    .map(code -> " with exit code " + code)
                                    .orElse("")
                            + (process.outOfMemory() ? ", killed for using too much memory" : "")
                            + LastLines.of(job, release.id()),
                    process.outOfMemory()
                            ? "Give it more memory in its resources, or let it use less."
                            : "Look at its output" + whatServes());
        }

        private UnhealthyException unhealthy() {
            return new UnhealthyException(
                    job.ref().subject(),
                    "it did not get healthy within "
                            + release.spec().healthyWithin().toSeconds() + " s: "
                            + describe(release.spec().effectiveHealth()) + ", last: " + probe.lastAnswer()
                            + LastLines.of(job, release.id()),
                    "Mend the application or its health check, or give it more time with healthyWithin" + whatServes());
        }

        /** The end of a remedy. */
        private String whatServes() {
            return job.application().live().isPresent() ? "; the former release goes on serving." : ".";
        }

        private static String describe(HealthCheck check) {
            if (check instanceof HttpHealthCheck http) {
                return "GET " + http.path() + " should answer with a status from " + http.minStatus() + " to "
                        + http.maxStatus();
            } else if (check instanceof HealthCheck.Tcp tcp) {
                return "port " + tcp.port() + " should accept connections";
            } else if (check instanceof HealthCheck.Command command) {
                return command.arguments() + " should end with exit code 0";
            } else if (check instanceof HealthCheck.Settle settle) {
                return "it should stay up for " + settle.duration().toMillis() + " ms";
            }
            return "the image's own health check should say healthy";
        }
    }
}
