package io.dokploy.core.pipeline;

import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.error.UnhealthyException;
import io.dokploy.api.release.Release;
import io.dokploy.spi.Deployer.Health;
import io.dokploy.spi.Deployer.Process;
import io.dokploy.spi.Router.Candidate;
import java.time.Duration;

/** One try of a release's health check on one of its containers. */
final class HealthProbe {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final int BAD_GATEWAY = 502;

    private final Job job;
    private final Release release;
    private String lastAnswer = "no answer yet";

    HealthProbe(Job job, Release release) {
        this.job = job;
        this.release = release;
    }

    /** For errors: what was answered last, and by whom. */
    String lastAnswer() {
        return lastAnswer;
    }

    boolean passes(Process process) {
        HealthCheck check = release.spec().effectiveHealth();
        if (check instanceof HttpHealthCheck http) {
            return answers(process, http);
        } else if (check instanceof HealthCheck.Tcp tcp) {
            return accepts(process, tcp);
        } else if (check instanceof HealthCheck.Command command) {
            return succeeds(process, command);
        } else if (check instanceof HealthCheck.Settle settle) {
            return staysUp(process, settle);
        }
        return saysHealthy(process);
    }

    private boolean answers(Process process, HttpHealthCheck check) {
        var candidate = new Candidate(release.id(), process.name(), Routing.port(release.spec()));
        var host = check.host()
                .orElseGet(() -> release.spec().domains().isEmpty()
                        ? "localhost"
                        : release.spec().domains().get(0).host());
        var answer = job.platform().router().probe(candidate, check.host(host), job.context());
        lastAnswer = (answer.status() == 0 ? answer.problem() : "status " + answer.status()) + " from " + process.name()
                + ":" + candidate.port()
                + (answer.status() == BAD_GATEWAY ? " (nothing listens there, unless it says so itself)" : "");
        return answer.routed() && answer.status() >= check.minStatus() && answer.status() <= check.maxStatus();
    }

    private boolean accepts(Process process, HealthCheck.Tcp check) {
        boolean accepted = job.platform().deployer().acceptsTcp(process, check.port(), job.context());
        lastAnswer = process.name() + ":" + check.port() + (accepted ? " accepts" : " does not accept");
        return accepted;
    }

    private boolean succeeds(Process process, HealthCheck.Command check) {
        var result = job.platform().deployer().execute(process, check.arguments(), COMMAND_TIMEOUT, job.context());
        lastAnswer = "exit code " + result.exitCode() + " in " + process.name();
        return result.exitCode() == 0;
    }

    private boolean staysUp(Process process, HealthCheck.Settle check) {
        var up = process.started()
                .map(started ->
                        Duration.between(started, job.platform().pacing().now()))
                .orElse(Duration.ZERO);
        lastAnswer = process.name() + " is up for " + up.toMillis() + " ms";
        return up.compareTo(check.duration()) >= 0;
    }

    private boolean saysHealthy(Process process) {
        lastAnswer = process.name() + " says " + process.health();
        if (process.health() == Health.NONE) {
            throw new UnhealthyException(
                    job.ref().subject(),
                    "the image declares no HEALTHCHECK, but the application asks for it",
                    "Add a HEALTHCHECK to the Dockerfile, or choose another health check.");
        }
        return process.health() == Health.HEALTHY;
    }
}
