package io.dokploy.core.docker;

import io.dokploy.api.application.PublishedPort;
import io.dokploy.api.value.ByteSize;
import io.dokploy.spi.Deployer.Health;
import io.dokploy.spi.Deployer.State;
import io.dokploy.spi.engine.ContainerInfo;
import io.dokploy.spi.engine.ContainerSpec;
import io.dokploy.spi.engine.NetworkAttachment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Containers as the engine writes them, and as it wants them. */
final class ContainerForm {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SHORT_ID = 12;

    private ContainerForm() {}

    static ObjectNode write(ContainerSpec spec, Map<String, String> labels) {
        var node = Json.object();
        node.put("Image", spec.image());
        if (!spec.command().isEmpty()) {
            node.set("Entrypoint", Json.array(spec.command()));
        }
        if (!spec.arguments().isEmpty() || !spec.command().isEmpty()) {
            node.set("Cmd", Json.array(spec.arguments()));
        }
        node.set(
                "Env",
                Json.array(spec.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().reveal())
                        .toList()));
        node.set("Labels", Json.texts(labels));
        spec.stopSignal().ifPresent(signal -> node.put("StopSignal", signal));
        spec.user().ifPresent(user -> node.put("User", user));
        spec.health().ifPresent(command -> {
            var test = new ArrayList<>(List.of("CMD"));
            test.addAll(command);
            node.putObject("Healthcheck")
                    .put("Interval", NANOS_PER_SECOND)
                    .put("Timeout", 5 * NANOS_PER_SECOND)
                    .set("Test", Json.array(test));
        });
        node.set("HostConfig", hostConfig(spec, node));
        spec.network()
                .filter(name -> !name.contains(":"))
                .ifPresent(name -> node.putObject("NetworkingConfig")
                        .putObject("EndpointsConfig")
                        .set(name, attachment(spec.attachment())));
        return node;
    }

    private static ObjectNode hostConfig(ContainerSpec spec, ObjectNode node) {
        var host = Json.object();
        spec.network().ifPresent(name -> host.put("NetworkMode", name));
        host.putObject("RestartPolicy")
                .put(
                        "Name",
                        switch (spec.restart()) {
                            case UNLESS_STOPPED -> Restarts.WHILE_IT_SHOULD_RUN;
                            case ON_FAILURE -> "on-failure";
                            case NEVER -> "no";
                        });
        host.put("ReadonlyRootfs", spec.readOnlyRoot());
        var mounts = host.putArray("Mounts");
        spec.mounts()
                .forEach(mount -> mounts.addObject()
                        .put("Type", mount.source().startsWith("/") ? "bind" : "volume")
                        .put("Source", mount.source())
                        .put("Target", mount.target())
                        .put("ReadOnly", mount.readOnly()));
        var bindings = host.putObject("PortBindings");
        var exposed = node.putObject("ExposedPorts");
        for (PublishedPort port : spec.publishedPorts()) {
            var key = port.containerPort() + "/" + port.protocol().name().toLowerCase(Locale.ROOT);
            exposed.putObject(key);
            bindings.withArray(key)
                    .addObject()
                    .put("HostIp", port.address())
                    .put("HostPort", Integer.toString(port.hostPort()));
        }
        var limits = spec.resources();
        limits.memory().map(ByteSize::bytes).ifPresent(bytes -> host.put("Memory", bytes));
        limits.memoryReservation().map(ByteSize::bytes).ifPresent(bytes -> host.put("MemoryReservation", bytes));
        limits.cpus()
                .ifPresent(cpus -> host.put(
                        "NanoCpus",
                        cpus.multiply(BigDecimal.valueOf(NANOS_PER_SECOND)).longValue()));
        var ulimits = host.putArray("Ulimits");
        limits.ulimits()
                .forEach(limit -> ulimits.addObject()
                        .put("Name", limit.name())
                        .put("Soft", limit.soft())
                        .put("Hard", limit.hard()));
        spec.logs()
                .ifPresent(logs -> host.putObject("LogConfig")
                        .put("Type", "json-file")
                        .putObject("Config")
                        .put("max-size", Long.toString(logs.maxSize().bytes()))
                        .put("max-file", Integer.toString(logs.maxFiles())));
        return host;
    }

    static ObjectNode attachment(NetworkAttachment attachment) {
        var node = Json.object();
        node.set("Aliases", Json.array(attachment.aliases()));
        attachment.address().ifPresent(address -> node.putObject("IPAMConfig").put("IPv4Address", address));
        return node;
    }

    static ContainerInfo read(JsonNode node) {
        var state = node.path("State");
        var networks = new HashMap<String, ContainerInfo.Attached>();
        node.path("NetworkSettings")
                .path("Networks")
                .properties()
                .forEach(entry -> networks.put(
                        entry.getKey(),
                        new ContainerInfo.Attached(
                                entry.getValue().path("IPAddress").asString(""),
                                aliases(node.path("Id").asString(""), entry.getValue()))));
        var status = state.path("Status").asString("");
        boolean ended = status.equals("exited") || status.equals("dead");
        return new ContainerInfo(
                node.path("Id").asString(""),
                node.path("Name").asString("").replaceFirst("^/", ""),
                node.path("Image").asString(""),
                Json.texts(node.path("Config").path("Labels")),
                state(status),
                ended || status.equals("restarting")
                        ? Optional.of(state.path("ExitCode").asInt(0))
                        : Optional.empty(),
                state.path("OOMKilled").asBoolean(false),
                node.path("RestartCount").asInt(0),
                health(state.path("Health").path("Status").asString("")),
                networks,
                Instant.parse(node.path("Created").asString("")),
                Optional.of(Instant.parse(state.path("StartedAt").asString("0001-01-01T00:00:00Z")))
                        .filter(time -> time.getEpochSecond() > 0),
                node.path("Mounts")
                        .valueStream()
                        .map(mount ->
                                mount.path("Name").asString(mount.path("Source").asString("")))
                        .toList());
    }

    /** Before API 1.45 the engine counts the container's short id as one. */
    private static List<String> aliases(String id, JsonNode attached) {
        return Json.list(attached.path("Aliases")).stream()
                .filter(alias -> alias.length() < SHORT_ID || !id.startsWith(alias))
                .toList();
    }

    private static State state(String status) {
        return switch (status) {
            case "running" -> State.RUNNING;
            case "paused" -> State.PAUSED;
            case "restarting" -> State.RESTARTING;
            case "created" -> State.CREATED;
            default -> State.EXITED;
        };
    }

    private static Health health(String status) {
        return switch (status) {
            case "healthy" -> Health.HEALTHY;
            case "unhealthy" -> Health.UNHEALTHY;
            case "starting" -> Health.STARTING;
            default -> Health.NONE;
        };
    }
}
