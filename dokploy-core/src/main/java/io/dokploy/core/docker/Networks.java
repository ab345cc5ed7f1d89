package io.dokploy.core.docker;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.spi.engine.NetworkAttachment;
import io.dokploy.spi.engine.NetworkInfo;
import io.dokploy.spi.engine.NetworkSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Networks and volumes of an engine. */
final class Networks {

    private static final int SUBNETS = 256;
    /** What the engine hands out itself: the lowest 64 addresses. The others are for those who ask for one. */
    private static final String OWN_CHOICE = ".0/26";

    private final EngineClient client;
    private final DockerTools tools;

    Networks(EngineClient client, DockerTools tools) {
        this.client = client;
        this.tools = tools;
    }

    /** Only in a network whose subnet was given can an address be kept. */
    synchronized void ensure(NetworkSpec spec) {
        if (inspect(spec.name()).isPresent()) {
            return;
        }
        int first = Math.floorMod(spec.name().hashCode(), SUBNETS);
        for (int i = 0; i < SUBNETS; i++) {
            var subnet = tools.subnets() + "." + (first + i) % SUBNETS + ".0/24";
            try {
                create(spec, subnet);
                return;
            } catch (UserErrorException e) {
                if (e.failure().reason().contains("already exists")) {
                    return;
                }
                if (!e.failure().reason().contains("overlap")) {
                    throw e;
                }
            }
        }
        throw new UserErrorException(Failure.user(
                "no-subnet",
                "network " + spec.name(),
                "all subnets of " + tools.subnets() + ".0.0/16 are taken",
                "Remove environments or networks that nobody uses."));
    }

    private void create(NetworkSpec spec, String subnet) {
        var node = Json.object()
                .put("Name", spec.name())
                .put("Driver", "bridge")
                .put("CheckDuplicate", true)
                .put("Internal", spec.internal());
        node.set("Labels", Json.texts(tools.labelsWith(spec.labels())));
        node.putObject("IPAM")
                .putArray("Config")
                .addObject()
                .put("Subnet", subnet)
                .put("IPRange", subnet.replace(".0/24", OWN_CHOICE));
        client.json(
                "network " + spec.name(), EngineRequest.post("/networks/create").json(node));
    }

    Optional<NetworkInfo> inspect(String name) {
        try {
            return Optional.of(read(client.json("network " + name, EngineRequest.get("/networks/" + encode(name)))));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    List<NetworkInfo> list(Map<String, String> labels) {
        return client.json("networks", EngineRequest.get("/networks").query("filters", Json.labelFilter(labels)))
                .valueStream()
                .map(Networks::read)
                .toList();
    }

    private static NetworkInfo read(JsonNode node) {
        return new NetworkInfo(
                node.path("Id").asString(""),
                node.path("Name").asString(""),
                Json.texts(node.path("Labels")),
                node.path("IPAM").path("Config").path(0).path("Subnet").asString(""),
                node.path("Containers").propertyStream().map(Map.Entry::getKey).toList());
    }

    void connect(String network, String container, NetworkAttachment attachment) {
        var node = Json.object().put("Container", container);
        node.set("EndpointConfig", ContainerForm.attachment(attachment));
        try {
            client.json(
                    "network " + network,
                    EngineRequest.post("/networks/" + encode(network) + "/connect")
                            .json(node));
        } catch (UserErrorException e) {
            if (!e.failure().reason().contains("already exists in network")) {
                throw e;
            }
        }
    }

    void disconnect(String network, String container) {
        try {
            client.json(
                    "network " + network,
                    EngineRequest.post("/networks/" + encode(network) + "/disconnect")
                            .json(Json.object().put("Container", container).put("Force", false)));
        } catch (UserErrorException e) {
            if (!e.failure().reason().contains("is not connected")) {
                throw e;
            }
        }
    }

    void remove(String name) {
        delete("network " + name, "/networks/" + encode(name));
    }

    void ensureVolume(String name, Map<String, String> labels) {
        var node = Json.object().put("Name", name);
        node.set("Labels", Json.texts(tools.labelsWith(labels)));
        client.json("volume " + name, EngineRequest.post("/volumes/create").json(node));
    }

    List<String> listVolumes(Map<String, String> labels) {
        return client.json("volumes", EngineRequest.get("/volumes").query("filters", Json.labelFilter(labels)))
                .path("Volumes")
                .valueStream()
                .map(node -> node.path("Name").asString(""))
                .toList();
    }

    void removeVolume(String name) {
        delete("volume " + name, "/volumes/" + encode(name));
    }

    private void delete(String subject, String path) {
        try {
            client.json(
                    subject,
                    new EngineRequest(
                            "DELETE",
                            path,
                            Map.of(),
                            EngineRequest.get("/").body(),
                            Optional.of(Duration.ofMinutes(1))));
        } catch (NotFoundException e) {
            // It is gone, which is what was wanted.
        }
    }

    private static String encode(String name) {
        return EngineRequest.encode(name);
    }
}
