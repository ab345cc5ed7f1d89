package io.dokploy.core;

import io.dokploy.api.Application;
import io.dokploy.api.ApplicationStatus;
import io.dokploy.api.Applications;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.DeployRequest;
import io.dokploy.api.ExecRequest;
import io.dokploy.api.ExecSession;
import io.dokploy.api.LogQuery;
import io.dokploy.api.LogStream;
import io.dokploy.api.Operation;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.Problems;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Deployment;
import io.dokploy.api.release.Plan;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationRequest;
import io.dokploy.core.operation.Superseding;
import io.dokploy.core.pipeline.DeployArguments;
import io.dokploy.core.pipeline.Inspection;
import io.dokploy.core.pipeline.Requests;
import java.util.List;
import java.util.Optional;

/** The applications of one environment, for one actor. */
final class EnvironmentApplications extends EnvironmentPart implements Applications {

    EnvironmentApplications(ActorClient client, String project, String environment) {
        super(client, project, environment);
    }

    @Override
    public Application create(ApplicationSpec spec) {
        require("create", spec.name());
        return running.store().inTransaction(() -> {
            var application = running.store().applications().insert(project, environment, spec);
            changed(application, "created");
            return application;
        });
    }

    @Override
    public Application get(String name) {
        require("read", name);
        return known(name);
    }

    @Override
    public Optional<Application> find(String name) {
        require("read", name);
        return running.store().applications().find(project, environment, name);
    }

    @Override
    public List<Application> list() {
        require("read", "");
        return running.store().applications().list(project, environment);
    }

    @Override
    public Application update(String name, long version, ApplicationSpec spec) {
        require("update", name);
        var application = known(name);
        Problems.of("application \"" + name + "\"")
                .require(spec.name().equals(name), "name", "cannot change; the display name can")
                .throwIfAny();
        return running.store().inTransaction(() -> {
            var updated = running.store().applications().update(application.id(), version, spec);
            changed(updated, "updated");
            return updated;
        });
    }

    @Override
    public Application rename(String name, String displayName) {
        var application = get(name);
        return update(
                name,
                application.version(),
                application.spec().toBuilder().displayName(displayName).build());
    }

    @Override
    public Operation<Release> deploy(String name, DeployRequest request) {
        require("deploy", name);
        var application = known(name);
        var arguments = DeployArguments.of(request).toTree().entries();
        var tree = Tree.branch().put(Requests.APPLICATION, application.id().value());
        arguments.forEach(tree::put);
        return running.queue()
                .submit(new OperationRequest<>(
                        Requests.DEPLOY,
                        application.id().value(),
                        subject(name),
                        client.actor(),
                        tree.build(),
                        Release.class,
                        Superseding.WAITING_OF_SAME_KIND_IN_LANE,
                        request.idempotencyKey(),
                        application.spec().deadline(),
                        request.transaction(),
                        request.reason()));
    }

    @Override
    public Operation<Release> rollback(String name) {
        var application = get(name);
        var live = application.live();
        var former = releases(name).stream()
                .map(Release::id)
                .filter(id -> live.isPresent() && id.compareTo(live.get()) < 0)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        subject(name),
                        "there is no release before the live one",
                        "Choose one of releases(\"" + name + "\"), or deploy another commit."));
        return rollback(name, former);
    }

    @Override
    public Operation<Release> rollback(String name, ReleaseId release) {
        require("rollback", name);
        return submit(name, Requests.ROLLBACK, Tree.branch().put(Requests.RELEASE, release.value()), Release.class);
    }

    @Override
    public Plan plan(String name) {
        return inspection(name).plan();
    }

    @Override
    public ApplicationStatus status(String name) {
        return inspection(name).status();
    }

    @Override
    public Operation<Void> stop(String name) {
        require("stop", name);
        return submit(name, Requests.STOP, Tree.branch(), Void.class);
    }

    @Override
    public Operation<Void> start(String name) {
        require("start", name);
        return submit(name, Requests.START, Tree.branch(), Void.class);
    }

    @Override
    public Operation<Release> restart(String name) {
        require("restart", name);
        return submit(name, Requests.RESTART, Tree.branch(), Release.class);
    }

    @Override
    public Operation<Void> scale(String name, int replicas) {
        require("scale", name);
        Problems.of("application \"" + name + "\"")
                .require(replicas >= 0 && replicas <= 100, "replicas", "must be between 0 and 100")
                .throwIfAny();
        return submit(name, Requests.SCALE, Tree.branch().put(Requests.REPLICAS, replicas), Void.class);
    }

    @Override
    public Operation<Void> delete(String name, DeleteRequest request) {
        require("delete", name);
        return submit(name, Requests.DELETE, Tree.branch().put(Requests.VOLUMES, request.volumes()), Void.class);
    }

    @Override
    public List<Release> releases(String name) {
        return running.store().releases().list(get(name).id());
    }

    @Override
    public List<Deployment> deployments(String name, int limit) {
        return inspection(name).deployments(limit);
    }

    @Override
    public LogStream logs(String name, LogQuery query) {
        require("logs", name);
        return inspection(name).logs(query);
    }

    @Override
    public ExecSession exec(String name, ExecRequest request) {
        require("exec", name);
        return inspection(name).exec(request);
    }

    private Inspection inspection(String name) {
        return new Inspection(running.platform(), get(name));
    }

    private <T> Operation<T> submit(String name, String kind, Tree.BranchBuilder arguments, Class<T> result) {
        var application = known(name);
        return submit(
                kind,
                application.id().value(),
                subject(name),
                arguments.put(Requests.APPLICATION, application.id().value()),
                result,
                application.spec().deadline());
    }

    private Application known(String name) {
        return running.store()
                .applications()
                .find(project, environment, name)
                .orElseThrow(() -> new NotFoundException(
                        "application " + subject(name),
                        "there is none of that name",
                        "Create it, or correct the name."));
    }

    private void changed(Application application, String change) {
        running.store()
                .events()
                .append(
                        EventType.APPLICATION_CHANGED,
                        Optional.empty(),
                        subject(application.name()),
                        client.actor(),
                        Severity.INFO,
                        application.id().value(),
                        Tree.branch().put("change", change).build());
    }

    private void require(String action, String name) {
        client.require("application." + action, subject(name));
    }
}
