package io.dokploy.api.application;

import io.dokploy.api.error.Problems;
import io.dokploy.api.route.Domain;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.ResourceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an {@link ApplicationSpec} must keep; gathers all problems. Not thread-safe. */
final class SpecRules {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+");
    private static final Pattern SIGNAL = Pattern.compile("SIG[A-Z0-9+]+|[0-9]{1,2}");

    private final Problems problems;

    SpecRules(String name, String displayName) {
        problems = Problems.of("application \"" + (ResourceName.isValid(name) ? name : "?") + "\"");
        ResourceName.check(problems, "name", name);
        problems.require(displayName.length() <= 200, "displayName", "must be at most 200 characters");
    }

    void pushTo(Optional<String> repository) {
        repository.ifPresent(text -> problems.require(
                REPOSITORY.matcher(text).matches(), "pushTo", "must be registry/repository without a tag"));
    }

    void variables(String field, Iterable<String> names) {
        for (String variable : names) {
            problems.require(
                    VARIABLE.matcher(variable).matches(),
                    field,
                    "\"" + variable + "\" is not a variable name (letters, digits and _ . - after a letter or _)");
        }
    }

    void values(Map<String, EnvironmentValue> environment) {
        environment.forEach((variable, value) -> problems.require(
                value.reveal().indexOf('\0') < 0, "environment." + variable, "must not hold a NUL character"));
    }

    void domains(List<Domain> domains, Rollout rollout) {
        for (int i = 0; i < domains.size(); i++) {
            for (int j = 0; j < i; j++) {
                problems.require(
                        !domains.get(i).collidesWith(domains.get(j)),
                        "domains[" + i + "]",
                        domains.get(i).host() + domains.get(i).path() + " is listed twice");
            }
        }
        problems.require(
                !(rollout instanceof Rollout.Canary) || !domains.isEmpty(),
                "rollout",
                "a canary needs a domain, since the router divides the requests");
    }

    void mounts(List<Mount> mounts) {
        long targets = mounts.stream().map(Mount::target).distinct().count();
        problems.require(targets == mounts.size(), "mounts", "two mounts have the same target");
    }

    void numbers(int replicas, int keepReleases) {
        problems.require(replicas >= 0 && replicas <= 100, "replicas", "must be between 0 and 100")
                .require(keepReleases >= 1, "keepReleases", "must be at least 1, for the one that runs");
    }

    void durations(Duration healthyWithin, Duration drain, Duration stopGrace, Duration deadline) {
        problems.require(positive(healthyWithin), "healthyWithin", "must be positive")
                .require(!drain.isNegative(), "drain", "must not be negative")
                .require(!stopGrace.isNegative(), "stopGrace", "must not be negative")
                .require(positive(deadline), "deadline", "must be positive");
    }

    void stopSignal(Optional<String> signal) {
        signal.ifPresent(
                text -> problems.require(SIGNAL.matcher(text).matches(), "stopSignal", "must be like SIGTERM"));
    }

    void labels(Iterable<String> names) {
        for (String label : names) {
            problems.require(
                    !label.startsWith("io.dokploy."), "labels." + label, "labels that begin with io.dokploy. are ours");
        }
    }

    void throwIfBroken() {
        problems.throwIfAny();
    }

    /** Why two releases cannot run side by side, if they cannot. */
    static Optional<String> obstacle(Rollout rollout, List<PublishedPort> ports, List<Mount> mounts) {
        if (rollout instanceof Rollout.Recreate) {
            return Optional.of("the rollout is set to recreate");
        }
        if (!ports.isEmpty()) {
            return Optional.of("port " + ports.get(0).hostPort() + " of the host can belong to one container only");
        }
        return mounts.stream()
                .filter(mount -> mount instanceof Mount.Volume volume && volume.exclusive())
                .findFirst()
                .map(mount -> "volume " + ((Mount.Volume) mount).name() + " is exclusive");
    }

    private static boolean positive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }
}
