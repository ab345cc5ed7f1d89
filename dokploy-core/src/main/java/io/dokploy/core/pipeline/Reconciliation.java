package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.Maintenance.Repairs;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.value.Tree;
import io.dokploy.core.deploy.Labels;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.spi.Deployer.Process;
import io.dokploy.spi.engine.ContainerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings every application to what the store says, and removes what belongs to none. */
final class Reconciliation {

    private final Platform platform;
    private final Convergence convergence = new Convergence();

    Reconciliation(Platform platform) {
        this.platform = platform;
    }

    Repairs run(OperationContext operation) {
        var done = new ArrayList<String>();
        var applications = platform.store().applications().all();
        for (Application application : applications) {
            operation.cancelToken().throwIfCancelled();
            reconcile(operation, application, done);
        }
        removeOrphans(done);
        if (!done.isEmpty()) {
            operation.emit(
                    EventType.DRIFT_REPAIRED,
                    Severity.WARNING,
                    Tree.branch().put("done", done).build());
        }
        return new Repairs(done);
    }

    private void reconcile(OperationContext operation, Application application, List<String> done) {
        var epoch = platform.store().applications().raiseEpochIfIdle(application.id());
        if (epoch.isEmpty()) {
            // Its own operation looks after it.
            return;
        }
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            var job = new Job(platform, operation, application, epoch.getAsLong(), context);
            var live =
                    application.live().flatMap(id -> platform.store().releases().find(id));
            live.ifPresent(release -> job.mask(release.environment().values()));
            var wanted = Wanted.restored(
                    live,
                    live.map(release -> release.spec().replicas()).orElse(0),
                    application.stopped() ? Wanted.State.STOPPED : Wanted.State.RUNNING);
            var drift = drift(wanted, Convergence.look(job));
            convergence.converge(job, wanted);
            drift.forEach(line -> done.add(application.name() + ": " + line));
        } catch (FencedException e) {
            operation.progress().line(application.name() + " is being worked on and left alone");
        } catch (DokployException e) {
            done.add(application.name() + " could not be repaired: " + e.getMessage());
        }
    }

    private static List<String> drift(Wanted wanted, Seen seen) {
        var found = new ArrayList<String>();
        long running = seen.of(wanted).stream().filter(Process::isRunning).count();
        if (wanted.isRunning() && running < wanted.replicas()) {
            found.add("started " + (wanted.replicas() - running) + " containers that were missing");
        }
        if (!wanted.isRunning() && running > 0) {
            found.add("stopped " + running + " containers that should not run");
        }
        if (!seen.surplus(wanted).isEmpty()) {
            found.add("removed containers that were left: "
                    + seen.surplus(wanted).stream().map(Process::name).collect(Collectors.joining(", ")));
        }
        if (!seen.servesOnly(wanted) && Routing.hasDomains(wanted)) {
            found.add("published its routes again");
        }
        return found;
    }

    /** Containers first: what is made after this look belongs to an application that the second look sees. */
    private void removeOrphans(List<String> done) {
        var containers =
                platform.engine().list(Map.of(Labels.INSTANCE, platform.store().instance()));
        Set<String> known = platform.store().applications().all().stream()
                .map(application -> application.id().value())
                .collect(Collectors.toSet());
        for (ContainerInfo container : containers) {
            var owner = Optional.ofNullable(container.labels().get(Labels.APPLICATION));
            if (owner.isPresent() && !known.contains(owner.get())) {
                platform.engine().remove(container.id());
                done.add("removed container " + container.name() + " of an application that is gone");
            }
        }
    }
}
