package io.dokploy.core.docker;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.ImageNotFoundException;
import io.dokploy.api.error.NotFoundException;
import io.dokploy.api.error.RegistryUnavailableException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.source.RegistryCredentials;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.engine.ImageInfo;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Images of an engine, and their way to and from registries. */
final class Images {

    private final EngineClient client;

    Images(EngineClient client) {
        this.client = client;
    }

    Optional<ImageInfo> inspect(String reference) {
        try {
            return Optional.of(
                    read(client.json("image " + reference, EngineRequest.get("/images/" + path(reference) + "/json"))));
        } catch (ImageNotFoundException | NotFoundException e) {
            return Optional.empty();
        }
    }

    List<ImageInfo> list(Map<String, String> labels) {
        var found = client.json("images", EngineRequest.get("/images/json").query("filters", Json.labelFilter(labels)));
        return found.valueStream()
                .map(node -> inspect(node.path("Id").asString("")))
                .flatMap(Optional::stream)
                .toList();
    }

    private static ImageInfo read(JsonNode node) {
        return new ImageInfo(
                node.path("Id").asString(""),
                Json.list(node.path("RepoTags")),
                Json.list(node.path("RepoDigests")),
                Json.texts(node.path("Config").path("Labels")),
                node.path("Size").asLong(0),
                Instant.parse(node.path("Created").asString("1970-01-01T00:00:00Z")),
                !node.path("Config").path("Healthcheck").path("Test").isMissingNode());
    }

    ImageInfo pull(
            String reference, Optional<RegistryCredentials> credentials, Progress progress, CancelToken cancelToken) {
        var named = reference.contains("@") || hasTag(reference) ? reference : reference + ":latest";
        transfer(
                named,
                authorized(EngineRequest.post("/images/create").query("fromImage", named), credentials),
                cancelToken,
                line -> status(line).ifPresent(progress::line));
        return inspect(named)
                .orElseThrow(() -> new ImageNotFoundException(
                        "image " + reference, "it was pulled and is not there", "Pull it again."));
    }

    String push(String tag, Optional<RegistryCredentials> credentials, Progress progress, CancelToken cancelToken) {
        int colon = tag.lastIndexOf(':');
        var repository = tag.substring(0, colon);
        var digest = new StringBuilder();
        transfer(
                tag,
                authorized(
                        EngineRequest.post("/images/" + path(repository) + "/push")
                                .query("tag", tag.substring(colon + 1)),
                        credentials),
                cancelToken,
                line -> {
                    status(line).ifPresent(progress::line);
                    digest.append(line.path("aux").path("Digest").asString(""));
                });
        return repository + "@" + digest;
    }

    /** What is worth telling of a line: each layer's percentage comes many times a second, only a change of state counts. */
    static Optional<String> status(JsonNode line) {
        var status = line.path("status").asString("");
        if (status.isEmpty() || !line.path("progressDetail").path("current").isMissingNode()) {
            return Optional.empty();
        }
        var id = line.path("id").asString("");
        return Optional.of(id.isEmpty() ? status : id + ": " + status);
    }

    private void transfer(
            String reference, EngineRequest request, CancelToken cancelToken, Consumer<JsonNode> listener) {
        var subject = "image " + reference;
        client.eachLine(subject, open(subject, request), cancelToken, line -> {
            var error = line.path("error").asString("");
            if (!error.isEmpty()) {
                throw registryError(subject, error);
            }
            listener.accept(line);
        });
    }

    private EngineResponse open(String subject, EngineRequest request) {
        try {
            return client.open(subject, request.streaming());
        } catch (DokployException e) {
            throw registryError(subject, e.failure().reason());
        }
    }

    private static DokployException registryError(String subject, String reason) {
        var text = reason.toLowerCase(java.util.Locale.ROOT);
        if (text.contains("unauthorized")
                || text.contains("access denied")
                || text.contains("no basic auth")
                || text.contains("authentication required")) {
            return new AccessDeniedException(
                    subject, reason, "Give a login for this registry with registries().put(…), or check its rights.");
        }
        if (text.contains("not found") || text.contains("manifest unknown") || text.contains("does not exist")) {
            return new ImageNotFoundException(subject, reason, "Check name and tag, and that it was pushed.");
        }
        return new RegistryUnavailableException(
                subject, reason, "Look whether the registry can be reached, and try again.");
    }

    private static EngineRequest authorized(EngineRequest request, Optional<RegistryCredentials> credentials) {
        var login = credentials.map(Images::login).orElseGet(Json::object);
        return request.header("X-Registry-Auth", base64(login));
    }

    /** As the engine wants it; Docker Hub's login goes by another name than its images. */
    static ObjectNode login(RegistryCredentials credentials) {
        return Json.object()
                .put("username", credentials.username())
                .put("password", credentials.password().reveal())
                .put("serveraddress", loginServer(credentials.host()));
    }

    static String loginServer(String host) {
        return host.equals("docker.io") ? "https://index.docker.io/v1/" : host;
    }

    static String base64(JsonNode node) {
        return Base64.getUrlEncoder().encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    void tag(String image, String tag) {
        int colon = tag.lastIndexOf(':');
        boolean tagged = colon > tag.lastIndexOf('/');
        client.json(
                "image " + image,
                EngineRequest.post("/images/" + path(image) + "/tag")
                        .query("repo", tagged ? tag.substring(0, colon) : tag)
                        .query("tag", tagged ? tag.substring(colon + 1) : "latest"));
    }

    void remove(String reference) {
        try {
            client.json(
                    "image " + reference,
                    new EngineRequest(
                            "DELETE",
                            "/images/" + path(reference),
                            Map.of(),
                            EngineRequest.get("/").body(),
                            Optional.of(Duration.ofMinutes(2))));
        } catch (ImageNotFoundException | NotFoundException e) {
            // It is gone, which is what was wanted.
        } catch (UserErrorException e) {
            if (!e.failure().reason().contains("conflict")
                    && !e.failure().reason().contains("being used")) {
                throw e;
            }
        }
    }

    void load(InputStream archive) {
        var loaded = new AtomicBoolean();
        var answer =
                client.open("image archive", EngineRequest.post("/images/load").tar(archive));
        client.eachLine("image archive", answer, CancelToken.never(), line -> {
            var error = line.path("error").asString("");
            if (!error.isEmpty()) {
                throw unreadable(error);
            }
            loaded.compareAndSet(false, line.path("stream").asString("").startsWith("Loaded image"));
        });
        if (!loaded.get()) {
            throw unreadable("the engine found no image in it");
        }
    }

    private static UserErrorException unreadable(String reason) {
        return new UserErrorException(
                Failure.user("image-archive-invalid", "image archive", reason, "Give what docker save writes."));
    }

    InputStream save(String reference) {
        return Containers.closing(client.open(
                "image " + reference,
                EngineRequest.get("/images/" + path(reference) + "/get").streaming()));
    }

    private static boolean hasTag(String reference) {
        return reference.lastIndexOf(':') > reference.lastIndexOf('/');
    }

    /** Slashes of a reference stay what they are. */
    private static String path(String reference) {
        return EngineRequest.encode(reference)
                .replace("%2F", "/")
                .replace("%3A", ":")
                .replace("%40", "@");
    }
}
