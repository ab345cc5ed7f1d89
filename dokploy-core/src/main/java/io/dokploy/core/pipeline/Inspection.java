package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.ApplicationStatus;
import io.dokploy.api.ApplicationStatus.ProcessStatus;
import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.NotRunningException;
import io.dokploy.api.release.Deployment;
import io.dokploy.api.release.Plan;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.source.GitSource;
import io.dokploy.core.store.OperationHistory;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Deployer.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers questions about an application and changes nothing. */
public final class Inspection {

    private final Platform platform;
    private final Application application;

    /** Asks about that application as it is now. */
    public Inspection(Platform platform, Application application) {
        this.platform = platform;
        this.application = application;
    }

    /** What runs. */
    public ApplicationStatus status() {
        try (var context = platform.contexts().quiet()) {
            var processes = platform.deployer().observe(platform.ref(application), context);
            return new ApplicationStatus(
                    application.live(),
                    processes.stream().map(Inspection::status).toList(),
                    platform.store()
                            .operations()
                            .current(application.id().value())
                            .map(OperationRecord::id),
                    platform.router().certificates(application.spec().domains(), context));
        }
    }

    private static ProcessStatus status(Process process) {
        return new ProcessStatus(
                process.name(),
                process.release(),
                process.isRunning(),
                process.exitCode(),
                process.outOfMemory(),
                process.restarts());
    }

    /** What a deployment would do. */
    public Plan plan() {
        var changes = new ArrayList<String>();
        var problems = new ArrayList<String>();
        var live = application.live().flatMap(id -> platform.store().releases().find(id));
        boolean build = live.isEmpty();
        if (live.isEmpty()) {
            changes.add("a first release of " + application.spec().source().describe());
        } else {
            changes.addAll(SpecDifference.between(live.get().spec(), application.spec()));
            build = SpecDifference.needsBuild(live.get().spec(), application.spec());
        }
        try {
            ResolveWish.checkRoutes(platform, application);
            var environment = ResolveWish.environment(platform, application);
            live.filter(release -> !release.environment().equals(environment))
                    .ifPresent(release -> changes.add(
                            "variables differ: " + SpecDifference.names(release.environment(), environment)));
            var commit = commit();
            if (live.isPresent()
                    && commit.isPresent()
                    && !live.get().commit().map(Release.Commit::id).equals(commit)) {
                changes.add("commit "
                        + live.get().commit().map(Release.Commit::shortId).orElse("?") + " becomes "
                        + commit.get().substring(0, 10));
                build = true;
            }
        } catch (DokployException e) {
            problems.add(e.getMessage());
        }
        var downtime = changes.isEmpty() || live.isEmpty()
                ? Optional.<String>empty()
                : application.spec().recreateReason();
        return new Plan(changes, build && problems.isEmpty(), downtime, problems);
    }

    private Optional<String> commit() {
        return application.spec().source() instanceof GitSource git
                ? platform.sources().resolve(git, CancelToken.never())
                : Optional.empty();
    }

    /** The history, newest first. */
    public List<Deployment> deployments(int limit) {
        return platform
                .store()
                .operations()
                .history(Handlers.subject(application), Requests.DEPLOYMENTS, limit)
                .stream()
                .map(this::deployment)
                .toList();
    }

    private Deployment deployment(OperationHistory line) {
        Optional<Release> result =
                line.result().map(json -> platform.store().json().restore(json, Release.class));
        return new Deployment(line.record(), result.map(Release::id), result.flatMap(Release::commit), line.reason());
    }

    /** The output of a release: of its containers, or what was kept of them. */
    public LogStream logs(LogQuery query) {
        var release = query.release().or(application::live).orElseThrow(this::nothingLive);
        try (var context = platform.contexts().quiet()) {
            var ref = platform.ref(application);
            boolean there = platform.deployer().observe(ref, context).stream()
                    .anyMatch(process -> process.release().equals(release));
            return there ? platform.deployer().logs(ref, release, query, context) : kept(release, query);
        }
    }

    private LogStream kept(ReleaseId release, LogQuery query) {
        var lines = platform.store()
                .releases()
                .keptLogs(release)
                .orElseThrow(() -> new NotRunningException(
                        platform.ref(application).subject(),
                        "release " + release + " has no containers, and nothing was kept of its output",
                        "Choose one of its releases."));
        return new KeptLogs(lines, query);
    }

    /** Runs a command in the first running container of the live release. */
    public ExecSession exec(ExecRequest request) {
        var live = application.live().orElseThrow(this::nothingLive);
        try (var context = platform.contexts().quiet()) {
            var process = platform.deployer().observe(platform.ref(application), context).stream()
                    .filter(candidate -> candidate.release().equals(live) && candidate.isRunning())
                    .findFirst()
                    .orElseThrow(this::nothingLive);
            return platform.deployer().exec(process, request, context);
        }
    }

    private NotRunningException nothingLive() {
        return new NotRunningException(
                platform.ref(application).subject(),
                "no container of a live release runs",
                "Deploy or start it first.");
    }
}
