package io.dokploy.api.application;

import io.dokploy.api.error.Problems;
import io.dokploy.api.route.Domain;
import io.dokploy.api.source.Source;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.ResourceName;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that describes an application. Made with {@link #named(String)}; {@link #toBuilder()} makes a changed copy.
 *
 * @param name             unique in its environment; also its host name for other applications there
 * @param displayName      for people, default the name
 * @param source           where it comes from
 * @param builder          how its image is made; default: detected
 * @param pushTo           repository to which the built image is pushed: {@code registry.example.com/team/shop}
 * @param domains          under which it is served; none for a worker
 * @param health           how a new release proves itself; see {@link #effectiveHealth()} for the default
 * @param healthyWithin    how long that may take, default 60 s
 * @param environment      variables of its process; values may refer to {@code ${{project.X}}},
 *                         {@code ${{environment.X}}} and {@code ${{X}}}
 * @param buildArgs        visible in the image's history, so never secrets
 * @param buildSecrets     given to the build only, as BuildKit secrets
 * @param replicas         how many containers, default 1
 * @param resources        per container
 * @param mounts           volumes, host paths and files
 * @param publishedPorts   ports of the host that lead to it
 * @param command          replaces the image's entry point, if not empty
 * @param arguments        replaces the image's command, if not empty
 * @param preSwitch        runs before the switch: migrations
 * @param rollout          how the new release takes over
 * @param drain            how long running requests of the old release may take to end, default 30 s
 * @param stopSignal       sent to end a container; default: the image's
 * @param stopGrace        between that signal and the kill, default 10 s
 * @param restart          what the engine does when a container ends
 * @param logs             how much output the engine keeps
 * @param labels           put on its containers; {@code io.dokploy.} is ours
 * @param keepReleases     how many former releases stay ready for a rollback, default 5
 * @param deadline         for a whole deployment, default 1 hour
 */
public record ApplicationSpec(
        String name,
        String displayName,
        Source source,
        Optional<SettingsDocument> builder,
        Optional<String> pushTo,
        List<Domain> domains,
        Optional<HealthCheck> health,
        Duration healthyWithin,
        Map<String, EnvironmentValue> environment,
        Map<String, String> buildArgs,
        Map<String, Secret> buildSecrets,
        int replicas,
        Resources resources,
        List<Mount> mounts,
        List<PublishedPort> publishedPorts,
        List<String> command,
        List<String> arguments,
        Optional<PreSwitchCommand> preSwitch,
        Rollout rollout,
        Duration drain,
        Optional<String> stopSignal,
        Duration stopGrace,
        RestartPolicy restart,
        LogRotation logs,
        Map<String, String> labels,
        int keepReleases,
        Duration deadline) {

    public ApplicationSpec {
        Objects.requireNonNull(source, "source");
        domains = List.copyOf(domains);
        environment = ordered(environment);
        buildArgs = ordered(buildArgs);
        buildSecrets = ordered(buildSecrets);
        labels = ordered(labels);
        mounts = List.copyOf(mounts);
        publishedPorts = List.copyOf(publishedPorts);
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
        var rules = new SpecRules(name, displayName);
        rules.pushTo(pushTo);
        rules.variables("environment", environment.keySet());
        rules.variables("buildArgs", buildArgs.keySet());
        rules.variables("buildSecrets", buildSecrets.keySet());
        rules.values(environment);
        rules.domains(domains, rollout);
        rules.mounts(mounts);
        rules.numbers(replicas, keepReleases);
        rules.durations(healthyWithin, drain, stopGrace, deadline);
        rules.stopSignal(stopSignal);
        rules.labels(labels.keySet());
        rules.throwIfBroken();
    }

    /** Starts a spec. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** A builder that holds all of this. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * The check that is used: the one given; else, with a domain, GET {@code /} answered with any status below 500;
     * else staying up for 2 seconds.
     */
    public HealthCheck effectiveHealth() {
        return health.orElseGet(() -> domains.isEmpty()
                ? HealthCheck.settle(Duration.ofSeconds(2))
                : HttpHealthCheck.get("/").status(100, 499));
    }

    /**
     * Why two releases cannot run side by side, if they cannot: a published port or an exclusive volume, or because the
     * rollout says so. Then the old one is stopped first.
     */
    public Optional<String> recreateReason() {
        return SpecRules.obstacle(rollout, publishedPorts, mounts);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Puts a spec together; {@link #build()} checks it. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private @Nullable String displayName;
        private @Nullable Source source;
        private @Nullable SettingsDocument builder;
        private @Nullable String pushTo;
        private final List<Domain> domains = new ArrayList<>();
        private @Nullable HealthCheck health;
        private Duration healthyWithin = Duration.ofSeconds(60);
        private final Map<String, EnvironmentValue> environment = new LinkedHashMap<>();
        private final Map<String, String> buildArgs = new LinkedHashMap<>();
        private final Map<String, Secret> buildSecrets = new LinkedHashMap<>();
        private int replicas = 1;
        private Resources resources = Resources.unlimited();
        private final List<Mount> mounts = new ArrayList<>();
        private final List<PublishedPort> publishedPorts = new ArrayList<>();
        private List<String> command = List.of();
        private List<String> arguments = List.of();
        private @Nullable PreSwitchCommand preSwitch;
        private Rollout rollout = Rollout.blueGreen();
        private Duration drain = Duration.ofSeconds(30);
        private @Nullable String stopSignal;
        private Duration stopGrace = Duration.ofSeconds(10);
        private RestartPolicy restart = RestartPolicy.UNLESS_STOPPED;
        private LogRotation logs = LogRotation.defaults();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private int keepReleases = 5;
        private Duration deadline = Duration.ofHours(1);

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        private Builder(ApplicationSpec spec) {
            this(spec.name);
            displayName = spec.displayName;
            source = spec.source;
            builder = spec.builder.orElse(null);
            pushTo = spec.pushTo.orElse(null);
            domains.addAll(spec.domains);
            health = spec.health.orElse(null);
            healthyWithin = spec.healthyWithin;
            environment.putAll(spec.environment);
            buildArgs.putAll(spec.buildArgs);
            buildSecrets.putAll(spec.buildSecrets);
            replicas = spec.replicas;
            resources = spec.resources;
            mounts.addAll(spec.mounts);
            publishedPorts.addAll(spec.publishedPorts);
            command = spec.command;
            arguments = spec.arguments;
            preSwitch = spec.preSwitch.orElse(null);
            rollout = spec.rollout;
            drain = spec.drain;
            stopSignal = spec.stopSignal.orElse(null);
            stopGrace = spec.stopGrace;
            restart = spec.restart;
            logs = spec.logs;
            labels.putAll(spec.labels);
            keepReleases = spec.keepReleases;
            deadline = spec.deadline;
        }

        /** For people; any text up to 200 characters. */
        public Builder displayName(String text) {
            displayName = text;
            return this;
        }

        /** Where it comes from. Required. */
        public Builder source(Source newSource) {
            source = newSource;
            return this;
        }

        /** How its image is made; left out, the installed builders look at the tree. */
        public Builder build(PluginSettings settings) {
            builder = settings.toDocument();
            return this;
        }

        /** The repository to which the built image is pushed, with its registry and without a tag. */
        public Builder pushTo(String repository) {
            pushTo = repository;
            return this;
        }

        /** Adds a domain. */
        public Builder domain(Domain domain) {
            domains.add(domain);
            return this;
        }

        /** Replaces all domains. */
        public Builder domains(List<Domain> newDomains) {
            domains.clear();
            domains.addAll(newDomains);
            return this;
        }

        /** How a new release proves itself. */
        public Builder health(HealthCheck check) {
            health = check;
            return this;
        }

        /** How long the proof may take, from the start of the containers. */
        public Builder healthyWithin(Duration duration) {
            healthyWithin = duration;
            return this;
        }

        /** Sets a variable that may be shown. */
        public Builder env(String variable, String value) {
            environment.put(variable, EnvironmentValue.plain(value));
            return this;
        }

        /** Sets a variable that is a secret. */
        public Builder env(String variable, EnvironmentValue value) {
            environment.put(variable, value);
            return this;
        }

        /** Replaces all variables; those of a {@code .env} file: {@link io.dokploy.api.value.DotEnv}. */
        public Builder environment(Map<String, ? extends EnvironmentValue> variables) {
            environment.clear();
            environment.putAll(variables);
            return this;
        }

        /** Sets a build argument; anybody who has the image can read it. */
        public Builder buildArg(String argument, String value) {
            buildArgs.put(argument, value);
            return this;
        }

        /** Sets a secret that the build can read (BuildKit: {@code RUN --mount=type=secret,id=…}). */
        public Builder buildSecret(String id, Secret value) {
            buildSecrets.put(id, value);
            return this;
        }

        /** How many containers. */
        public Builder replicas(int count) {
            replicas = count;
            return this;
        }

        /** What each container may use. */
        public Builder resources(Resources newResources) {
            resources = newResources;
            return this;
        }

        /** Adds a mount. */
        public Builder mount(Mount mount) {
            mounts.add(mount);
            return this;
        }

        /** Publishes a port of the host; deployments then have downtime. */
        public Builder publish(PublishedPort port) {
            publishedPorts.add(port);
            return this;
        }

        /** Replaces the image's entry point. */
        public Builder command(String... entryPoint) {
            command = List.of(entryPoint);
            return this;
        }

        /** Replaces the image's command. */
        public Builder arguments(String... newArguments) {
            arguments = List.of(newArguments);
            return this;
        }

        /** Runs before the switch. */
        public Builder preSwitch(PreSwitchCommand newCommand) {
            preSwitch = newCommand;
            return this;
        }

        /** How the new release takes over. */
        public Builder rollout(Rollout newRollout) {
            rollout = newRollout;
            return this;
        }

        /** How long requests of the old release may take to end. */
        public Builder drain(Duration duration) {
            drain = duration;
            return this;
        }

        /** The signal that ends a container: {@code SIGTERM}. */
        public Builder stopSignal(String signal) {
            stopSignal = signal;
            return this;
        }

        /** The time between that signal and the kill. */
        public Builder stopGrace(Duration duration) {
            stopGrace = duration;
            return this;
        }

        /** What the engine does when a container ends. */
        public Builder restart(RestartPolicy policy) {
            restart = policy;
            return this;
        }

        /** How much output the engine keeps. */
        public Builder logs(LogRotation rotation) {
            logs = rotation;
            return this;
        }

        /** Adds a label to its containers. */
        public Builder label(String label, String value) {
            labels.put(label, value);
            return this;
        }

        /** How many releases are kept, the running one included. */
        public Builder keepReleases(int count) {
            keepReleases = count;
            return this;
        }

        /** How long a whole deployment may take. */
        public Builder deadline(Duration duration) {
            deadline = duration;
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws io.dokploy.api.error.InvalidSpecException with all problems
         */
        public ApplicationSpec build() {
            if (source == null) {
                var problems = Problems.of("application \"" + (ResourceName.isValid(name) ? name : "?") + "\"");
                ResourceName.check(problems, "name", name);
                problems.add("source", "is missing; for example GitSource.of(\"https://…\")");
                problems.throwIfAny();
            }
            return new ApplicationSpec(
                    name,
                    displayName == null ? name : displayName,
                    Objects.requireNonNull(source),
                    Optional.ofNullable(builder),
                    Optional.ofNullable(pushTo),
                    domains,
                    Optional.ofNullable(health),
                    healthyWithin,
                    environment,
                    buildArgs,
                    buildSecrets,
                    replicas,
                    resources,
                    mounts,
                    publishedPorts,
                    command,
                    arguments,
                    Optional.ofNullable(preSwitch),
                    rollout,
                    drain,
                    Optional.ofNullable(stopSignal),
                    stopGrace,
                    restart,
                    logs,
                    labels,
                    keepReleases,
                    deadline);
        }
    }
}
