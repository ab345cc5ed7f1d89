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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

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
                line -> report(line, progress));
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
                    report(line, progress);
                    digest.append(line.path("aux").path("Digest").asString(""));
                });
        return repository + "@" + digest;
    }

    private static void report(JsonNode line, Progress progress) {
        var status = line.path("status").asString("");
        // Each layer's percentage comes many times a second; only what changes its state is told.
        if (!status.isEmpty() && line.path("progressDetail").path("current").isMissingNode()) {
            var id = line.path("id").asString("");
            progress.line(id.isEmpty() ? status : id + ": " + status);
        }
    }

    private void transfer(
            String reference, EngineRequest request, CancelToken cancelToken, Consumer<JsonNode> listener) {
        var subject = "image " + reference;
        try (var response = open(subject, request);
                var cancel = cancelToken.onCancel(() -> close(response));
                var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    var node = client.parse(line);
                    var error = node.path("error").asString("");
                    if (!error.isEmpty()) {
                        throw registryError(subject, error);
                    }
                    listener.accept(node);
                }
            }
        } catch (IOException e) {
            cancelToken.throwIfCancelled();
            throw client.unanswered(subject, e);
        }
    }

    private EngineResponse open(String subject, EngineRequest request) {
        try {
            return client.open(subject, request.streaming());
        } catch (DokployException e) {
            throw registryError(subject, e.failure().reason());
        }
    }

    private static void close(EngineResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            // It ends with its connection in any case.
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
        var login = Json.object();
        credentials.ifPresent(given -> login.put("username", given.username())
                .put("password", given.password().reveal())
                .put("serveraddress", given.host()));
        return request.header(
                "X-Registry-Auth",
                Base64.getUrlEncoder().encodeToString(login.toString().getBytes(StandardCharsets.UTF_8)));
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
        try (var response = client.open(
                        "image archive", EngineRequest.post("/images/load").tar(archive));
                var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            boolean loaded = false;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                var node = client.parse(line);
                if (!node.path("error").asString("").isEmpty()) {
                    throw unreadable(node.path("error").asString(""));
                }
                loaded |= node.path("stream").asString("").startsWith("Loaded image");
            }
            if (!loaded) {
                throw unreadable("the engine found no image in it");
            }
        } catch (IOException e) {
            throw client.unanswered("image archive", e);
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
