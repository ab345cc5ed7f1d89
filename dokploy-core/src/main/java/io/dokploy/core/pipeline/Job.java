package io.dokploy.core.pipeline;

import io.dokploy.api.Application;
import io.dokploy.api.event.Event.Severity;
import io.dokploy.api.event.EventType;
import io.dokploy.api.release.Release;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.Tree;
import io.dokploy.core.operation.OperationContext;
import io.dokploy.core.variables.DatabaseValues;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.Deployer.Target;
import io.dokploy.spi.PluginContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One operation on one application, from the moment that it was taken. For one thread. */
final class Job {

    /** What has been done in this job and cannot be seen from outside. */
    enum Done {
        /** The command before the switch has run. */
        MIGRATED,
        /** The containers of the wanted release were started. */
        STARTED,
        /** The new release has passed its health check. */
        HEALTHY,
        /** A part of the requests went to the new release for the time that was asked for. */
        CANARY,
        /** The routes were handed over and are in force. */
        ROUTED,
        /** The front door has answered. */
        CONFIRMED,
        /** Nothing is open to former releases. */
        DRAINED
    }

    private final Platform platform;
    private final OperationContext operation;
    private final Application application;
    private final PluginContext context;
    private final long epoch;
    private final Set<Done> done = EnumSet.noneOf(Done.class);
    private long lastRevision;
    private boolean candidatesPublished;
    private boolean formerRoutesHold;
    private @Nullable Instant downSince;

    Job(Platform platform, OperationContext operation, Application application, long epoch, PluginContext context) {
        this.platform = platform;
        this.operation = operation;
        this.application = application;
        this.epoch = epoch;
        this.context = context;
    }

    /** The same job with another context, which a cancellation of the operation does not reach: for undoing it. */
    Job within(PluginContext otherContext) {
        return new Job(platform, operation, application, epoch, otherContext);
    }

    Platform platform() {
        return platform;
    }

    OperationContext operation() {
        return operation;
    }

    /** As it was when the job was taken. */
    Application application() {
        return application;
    }

    ApplicationRef ref() {
        return platform.ref(application);
    }

    PluginContext context() {
        return context;
    }

    long epoch() {
        return epoch;
    }

    /**
     * The release as its containers are made: with the values that its databases have now, which are kept out of all
     * that is written from here on.
     *
     * @throws io.dokploy.api.error.VariableException if one of its databases is gone
     */
    Target target(Release release, int replicas) {
        var databases = DatabaseValues.databases(release.environment());
        if (databases.isEmpty()) {
            return new Target(ref(), release, replicas, epoch);
        }
        var connections = platform.connections();
        databases.forEach(name -> connections
                .find(application.project(), application.environment(), name)
                .ifPresent(connection -> mask(List.of(connection.password()))));
        var environment = connections
                .values(application.project(), application.environment())
                .resolve(release.environment());
        mask(environment.values());
        return new Target(ref(), release.withEnvironment(environment), replicas, epoch);
    }

    /** Ends here if it is cancelled, or if somebody newer has taken the application over. */
    void checkpoint() {
        context.cancelToken().throwIfCancelled();
        platform.store().applications().checkEpoch(application.id(), epoch);
    }

    /** From now on that step is at work. */
    void begin(String step) {
        operation.step(step);
        platform.steps().begun(ref(), step);
    }

    void say(String line) {
        context.progress().line(line);
    }

    boolean has(Done what) {
        return done.contains(what);
    }

    void note(Done what) {
        done.add(what);
    }

    /** Routes of that revision are on their way into force. */
    void handedOver(long revision) {
        lastRevision = revision;
    }

    long lastRevision() {
        return lastRevision;
    }

    void candidatesPublished() {
        candidatesPublished = true;
    }

    boolean hasPublishedCandidates() {
        return candidatesPublished;
    }

    /** What is in force leads to the former release alone, whatever was handed over since. */
    void formerRoutesHold() {
        formerRoutesHold = true;
    }

    /** From now on other routes may be in force. */
    void formerRoutesGiveWay() {
        formerRoutesHold = false;
    }

    /** False also where it is not known, as after a crash. */
    boolean doFormerRoutesHold() {
        return formerRoutesHold;
    }

    /** From now on nobody serves. */
    void downtimeBegins() {
        downSince = platform.pacing().now();
    }

    /** Somebody serves again: tells for how long nobody did, if there was such a time. */
    void downtimeEnds(String reason) {
        if (downSince == null) {
            return;
        }
        var duration = Duration.between(downSince, platform.pacing().now());
        downSince = null;
        operation.emit(
                EventType.DOWNTIME,
                Severity.WARNING,
                Tree.branch()
                        .put("reason", reason)
                        .put("milliseconds", duration.toMillis())
                        .build());
    }

    /** The text without what must not be seen. */
    String masked(String text) {
        return operation.masked(text);
    }

    /** Keeps these values out of all that is written from now on. */
    void mask(Collection<? extends EnvironmentValue> values) {
        operation.mask(values.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .toList());
    }
}
