package io.dokploy.core.pipeline;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.ShutDownException;
import io.dokploy.api.error.SupersededException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Release;
import io.dokploy.api.value.Tree;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells the world of the begin and the end of a deployment. */
final class DeploymentReport {

    private final Job job;

    DeploymentReport(Job job) {
        this.job = job;
    }

    Release around(Supplier<Release> work) {
        var begin = job.platform().pacing().now();
        job.operation().emit(EventType.DEPLOYMENT_STARTED, Severity.INFO, common().build());
        try {
            var release = work.get();
            var seconds = Duration.between(begin, job.platform().pacing().now()).toMillis() / 1000.0;
            var data = common().put("release", release.id().value())
                    .put("seconds", new Tree.Decimal(seconds))
                    .put(
                            "domains",
                            release.spec().domains().stream()
                                    .map(domain -> domain.url())
                                    .toList());
            release.commit().ifPresent(commit -> data.put("commit", commit.id()).put("message", commit.message()));
            job.operation().emit(EventType.DEPLOYMENT_SUCCEEDED, Severity.INFO, data.build());
            return release;
        } catch (CancelledException e) {
            job.operation().emit(EventType.DEPLOYMENT_CANCELLED, Severity.INFO, common().build());
            throw e;
        } catch (SupersededException | ShutDownException | FencedException e) {
            throw e;
        } catch (DokployException e) {
            failed(e.failure().code(), e.failure().reason(), e.failure().remedy());
            throw e;
        } catch (RuntimeException e) {
            failed("defect", e.toString(), "Report this with the operation's log.");
            throw e;
        }
    }

    private void failed(String code, String reason, String remedy) {
        job.operation()
                .emit(
                        EventType.DEPLOYMENT_FAILED,
                        Severity.ERROR,
                        common().put("code", code)
                                .put("reason", job.masked(reason))
                                .put("remedy", remedy)
                                .put("step", job.operation().record().step())
                                .build());
    }

    private Tree.BranchBuilder common() {
        return Tree.branch()
                .put("application", job.application().name())
                .put("project", job.application().project())
                .put("environment", job.application().environment())
                .put("kind", job.operation().record().kind());
    }
}
