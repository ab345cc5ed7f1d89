package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.ApplicationId;
import io.dokploy.api.Maintenance.Pruned;
import io.dokploy.api.Maintenance.Repairs;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.NotRunningException;
import io.dokploy.api.release.Release;
import io.dokploy.api.release.ReleaseId;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.operation.OperationHandler;
import io.dokploy.core.variables.DatabaseValues;
import io.dokploy.spi.Deployer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What each kind of operation does. The keys are the kinds; the arguments are those of {@link Requests}. */
public final class Handlers {

    private final Platform platform;
    private final DeploymentPipeline pipeline = new DeploymentPipeline();
    private final RollOut rollOut = new RollOut();
    private final MakeRelease make = new MakeRelease();
    private final Convergence convergence = new Convergence();

    /** Handlers that work on this platform. */
    public Handlers(Platform platform) {
        this.platform = platform;
    }

    /** By kind. */
    public Map<String, OperationHandler<?>> all() {
        return Map.ofEntries(
                Map.entry(Requests.DEPLOY, operation -> reported(operation, this::deploy)),
                Map.entry(Requests.ROLLBACK, operation -> reported(operation, this::rollback)),
                Map.entry(Requests.RESTART, operation -> reported(operation, this::restart)),
                Map.entry(Requests.STOP, operation -> onApplication(operation, this::stop)),
                Map.entry(Requests.START, operation -> onApplication(operation, this::start)),
                Map.entry(Requests.SCALE, operation -> onApplication(operation, this::scale)),
                Map.entry(Requests.DELETE, operation -> onApplication(operation, this::delete)),
                Map.entry(Requests.RECONCILE, (OperationHandler<Repairs>) new Reconciliation(platform)::run),
                Map.entry(Requests.ROTATE_KEY, (OperationHandler<Void>) this::rotateKey),
                Map.entry(Requests.UNINSTALL, (OperationHandler<Repairs>) new Uninstallation(platform)::run),
                Map.entry(Requests.PRUNE_IMAGES, (OperationHandler<Pruned>) new ImagePruning(platform)::images),
                Map.entry(
                        Requests.PRUNE_BUILD_CACHE, (OperationHandler<Pruned>) new ImagePruning(platform)::buildCache));
    }

    private Release reported(OperationContext operation, Function<Job, Release> work) {
        return onApplication(operation, job -> new DeploymentReport(job).around(() -> work.apply(job)));
    }

    private <T> T onApplication(OperationContext operation, Function<Job, T> work) {
        var id = new ApplicationId(operation.arguments().text(Requests.APPLICATION, ""));
        long epoch = platform.store().applications().raiseEpoch(id);
        var application = platform.store()
                .applications()
                .find(id)
                .orElseThrow(() -> new NotFoundException(
                        operation.record().subject(),
                        "the application was deleted before its turn came",
                        "Create it again."));
        try (var context = platform.contexts().open(operation.progress(), operation.cancelToken(), operation::masked)) {
            return work.apply(new Job(platform, operation, application, epoch, context));
        }
    }

    private Release deploy(Job job) {
        return pipeline.deploy(job, DeployArguments.read(job.operation().arguments()));
    }

    private Release rollback(Job job) {
        var target = release(job, new ReleaseId(job.operation().arguments().text(Requests.RELEASE, "")));
        job.mask(target.environment().values());
        if (job.application().live().equals(Optional.of(target.id()))
                && !job.application().stopped()) {
            job.say(target.id() + " is live already");
            return rollOut.finish(job, target);
        }
        return rollOut.run(job, Wanted.rolledBack(target));
    }

    private Release restart(Job job) {
        var live = live(job);
        job.mask(live.environment().values());
        var again = make.interrupted(job).orElseGet(() -> make.again(job, live));
        return rollOut.run(job, Wanted.rolledBack(again));
    }

    private Void stop(Job job) {
        var live = live(job);
        platform.store().applications().setStopped(job.application().id(), job.epoch(), true);
        converge(job, Wanted.restored(Optional.of(live), live.spec().replicas(), Wanted.State.STOPPED));
        return nothing();
    }

    private Void start(Job job) {
        var live = live(job);
        if (!DatabaseValues.databases(live.environment()).isEmpty()) {
            // Its containers may hold a password that was changed while they were stopped.
            restart(job);
            return nothing();
        }
        converge(job, Wanted.rolledBack(live));
        platform.store().applications().setStopped(job.application().id(), job.epoch(), false);
        return nothing();
    }

    private Void scale(Job job) {
        int replicas = (int) job.operation().arguments().number(Requests.REPLICAS, 1);
        var current = job.application();
        platform.store()
                .applications()
                .update(
                        current.id(),
                        current.version(),
                        current.spec().toBuilder().replicas(replicas).build());
        var live = current.live().flatMap(id -> platform.store().releases().find(id));
        live.ifPresent(release -> {
            var scaled = withReplicas(release, replicas);
            platform.store().releases().replace(scaled);
            converge(job, Wanted.rolledBack(scaled));
        });
        return nothing();
    }

    private static Release withReplicas(Release release, int replicas) {
        return new Release(
                release.id(),
                release.application(),
                release.operation(),
                release.image(),
                release.spec().toBuilder().replicas(replicas).build(),
                release.environment(),
                release.commit(),
                release.created(),
                release.actor());
    }

    private Void delete(Job job) {
        var volumes = job.operation().arguments().flag(Requests.VOLUMES, false)
                ? Deployer.Volumes.REMOVE
                : Deployer.Volumes.KEEP;
        job.begin("retire");
        platform.router().withdraw(job.ref());
        platform.deployer().removeAll(job.ref(), volumes, job.context());
        var releases = platform.store().releases().list(job.application().id());
        for (Release release : releases) {
            platform.store().releases().delete(release.id());
        }
        PruneReleases.removeUnneededImages(job);
        platform.store().applications().delete(job.application().id());
        return nothing();
    }

    private Void rotateKey(OperationContext operation) {
        platform.store().rotateKey();
        return nothing();
    }

    private void converge(Job job, Wanted wanted) {
        convergence.converge(job, wanted);
    }

    private Release live(Job job) {
        return job.application()
                .live()
                .map(id -> release(job, id))
                .orElseThrow(() ->
                        new NotRunningException(job.ref().subject(), "it has no live release", "Deploy it first."));
    }

    private Release release(Job job, ReleaseId id) {
        return platform.store()
                .releases()
                .find(id)
                .filter(release ->
                        release.application().equals(job.application().id()))
                .orElseThrow(() -> new NotFoundException(
                        job.ref().subject(),
                        "there is no release " + id + " of it, or it is not kept any more",
                        "List the releases, or deploy the commit again."));
    }

    @SuppressWarnings("NullAway") // The only value that Void has.
    private static Void nothing() {
        return null;
    }

    /** An application as handlers see it. */
    static String subject(Application application) {
        return application.project() + "/" + application.environment() + "/" + application.name();
    }
}
