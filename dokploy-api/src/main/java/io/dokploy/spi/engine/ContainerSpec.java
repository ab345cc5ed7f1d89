package io.dokploy.spi.engine;

import io.dokploy.api.application.LogRotation;
import io.dokploy.api.application.PublishedPort;
import io.dokploy.api.application.Resources;
import io.dokploy.api.application.RestartPolicy;
import io.dokploy.api.value.EnvironmentValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container to be made. {@link #of(String, String)} starts one.
 *
 * @param name          at least two characters
 * @param image         id, tag or digest
 * @param command       replaces the entry point, if not empty
 * @param arguments     replaces the command, if not empty
 * @param environment   variables
 * @param labels        labels
 * @param network       the network that it is in from its start; empty: the engine's default; {@code none}: none
 * @param attachment    how it is in that network
 * @param mounts        volumes and host paths
 * @param publishedPorts ports of the host
 * @param resources     limits
 * @param restart       what the engine does when it ends
 * @param logs          how much output is kept; empty: the engine's default
 * @param stopSignal    empty: the image's
 * @param health        a check of its own; empty: the image's
 * @param user          empty: the image's
 * @param readOnlyRoot  whether its root file system is read-only
 */
public record ContainerSpec(
        String name,
        String image,
        List<String> command,
        List<String> arguments,
        Map<String, EnvironmentValue> environment,
        Map<String, String> labels,
        Optional<String> network,
        NetworkAttachment attachment,
        List<EngineMount> mounts,
        List<PublishedPort> publishedPorts,
        Resources resources,
        RestartPolicy restart,
        Optional<LogRotation> logs,
        Optional<String> stopSignal,
        Optional<List<String>> health,
        Optional<String> user,
        boolean readOnlyRoot) {

    /**
     * A volume or host path in a container.
     *
     * @param source   a volume's name, or an absolute path of the engine's host
     * @param target   where it appears
     * @param readOnly whether it may not be written
     */
    public record EngineMount(String source, String target, boolean readOnly) {}

    public ContainerSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(image, "image");
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
        publishedPorts = List.copyOf(publishedPorts);
    }

    /** A container of that name from that image. */
    public static Builder of(String name, String image) {
        return new Builder(name, image);
    }

    /** Puts a spec together. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String image;
        private List<String> command = List.of();
        private List<String> arguments = List.of();
        private final Map<String, EnvironmentValue> environment = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private @Nullable String network;
        private NetworkAttachment attachment = NetworkAttachment.plain();
        private final List<EngineMount> mounts = new ArrayList<>();
        private final List<PublishedPort> publishedPorts = new ArrayList<>();
        private Resources resources = Resources.unlimited();
        private RestartPolicy restart = RestartPolicy.NEVER;
        private @Nullable LogRotation logs;
        private @Nullable String stopSignal;
        private @Nullable List<String> health;
        private @Nullable String user;
        private boolean readOnlyRoot;

        private Builder(String name, String image) {
            this.name = name;
            this.image = image;
        }

        /** Replaces the entry point. */
        public Builder command(List<String> newCommand) {
            command = newCommand;
            return this;
        }

        /** Replaces the command. */
        public Builder arguments(List<String> newArguments) {
            arguments = newArguments;
            return this;
        }

        /** Adds a variable. */
        public Builder env(String variable, String value) {
            environment.put(variable, EnvironmentValue.plain(value));
            return this;
        }

        /** Adds variables. */
        public Builder environment(Map<String, ? extends EnvironmentValue> variables) {
            environment.putAll(variables);
            return this;
        }

        /** Adds a label. */
        public Builder label(String label, String value) {
            labels.put(label, value);
            return this;
        }

        /** Adds labels. */
        public Builder labels(Map<String, String> newLabels) {
            labels.putAll(newLabels);
            return this;
        }

        /** In that network from the start. */
        public Builder network(String name, NetworkAttachment newAttachment) {
            network = name;
            attachment = newAttachment;
            return this;
        }

        /** Adds a volume or host path. */
        public Builder mount(EngineMount mount) {
            mounts.add(mount);
            return this;
        }

        /** Adds a port of the host. */
        public Builder publish(PublishedPort port) {
            publishedPorts.add(port);
            return this;
        }

        /** Limits. */
        public Builder resources(Resources limits) {
            resources = limits;
            return this;
        }

        /** What the engine does when it ends. */
        public Builder restart(RestartPolicy policy) {
            restart = policy;
            return this;
        }

        /** How much output is kept. */
        public Builder logs(LogRotation rotation) {
            logs = rotation;
            return this;
        }

        /** The signal of a stop. */
        public Builder stopSignal(String signal) {
            stopSignal = signal;
            return this;
        }

        /** A health check of its own: program and arguments, tried every second. */
        public Builder health(List<String> arguments) {
            health = List.copyOf(arguments);
            return this;
        }

        /** The user of its process. */
        public Builder user(String nameOrId) {
            user = nameOrId;
            return this;
        }

        /** With a read-only root file system. */
        public Builder readOnlyRoot() {
            readOnlyRoot = true;
            return this;
        }

        /** The spec. */
        public ContainerSpec build() {
            return new ContainerSpec(
                    name,
                    image,
                    command,
                    arguments,
                    environment,
                    labels,
                    Optional.ofNullable(network),
                    attachment,
                    mounts,
                    publishedPorts,
                    resources,
                    restart,
                    Optional.ofNullable(logs),
                    Optional.ofNullable(stopSignal),
                    Optional.ofNullable(health),
                    Optional.ofNullable(user),
                    readOnlyRoot);
        }
    }
}
