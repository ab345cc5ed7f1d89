package io.dokploy.core.git;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.SourceUnavailableException;
import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The LFS batch protocol, downloading only, with the credentials that are for its host alone. */
final class LfsServer {

    private static final String JSON = "application/vnd.git-lfs+json";

    private final RemoteAccess access;
    private final String subject;
    private final Duration timeout;
    private final HttpClient client;
    private final CancelToken cancel;
    private final JsonMapper json = JsonMapper.builder().build();

    LfsServer(RemoteAccess access, CancelToken cancel) {
        this.access = access;
        this.subject = "repository " + access.address().url();
        this.timeout = access.http().timeout();
        this.cancel = cancel;
        this.client = HttpClient.newBuilder()
                .proxy(access.http().proxies())
                .sslContext(access.http().tls())
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Where and with what to get a file. */
    record Download(LfsFile file, URI href, Map<String, String> headers) {}

    /** Asks where the files are. */
    List<Download> downloads(List<LfsFile> files) throws IOException {
        List<Map<String, Object>> objects = new ArrayList<>();
        Map<String, List<LfsFile>> byId = new HashMap<>();
        for (LfsFile file : files) {
            var same = byId.computeIfAbsent(file.pointer().sha256(), id -> new ArrayList<>());
            if (same.isEmpty()) {
                objects.add(Map.of(
                        "oid", file.pointer().sha256(), "size", file.pointer().size()));
            }
            same.add(file);
        }
        var body = json.writeValueAsString(
                Map.of("operation", "download", "transfers", List.of("basic"), "objects", objects));
        var endpoint = LfsEndpoint.of(access, cancel);
        var request = request(endpoint.batch(), endpoint.headers())
                .header("Accept", JSON)
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        JsonNode answer;
        try (InputStream in = send(request, "the list of LFS files")) {
            answer = json.readTree(in);
        } catch (JacksonException e) {
            throw unavailable("its LFS server answered with something else than JSON", e);
        }
        List<Download> downloads = new ArrayList<>();
        for (JsonNode object : answer.path("objects")) {
            for (LfsFile file : byId.getOrDefault(object.path("oid").asString(""), List.of())) {
                downloads.add(download(file, object, endpoint));
            }
        }
        if (downloads.size() != files.size()) {
            throw unavailable("its LFS server named " + downloads.size() + " of " + files.size() + " files", null);
        }
        return downloads;
    }

    /** Opens a file; it is for the caller to check. */
    InputStream open(Download download) throws IOException {
        return send(
                request(download.href(), download.headers()).GET(),
                "LFS file " + download.file().path());
    }

    private Download download(LfsFile file, JsonNode object, LfsEndpoint endpoint) {
        if (object.has("error")) {
            throw new SourceNotFoundException(
                    "LFS file " + file.path(),
                    "the LFS server of " + access.address().url() + " does not give it: "
                            + object.path("error").path("code").asInt(0) + " "
                            + object.path("error").path("message").asString(""),
                    "Push the file with git lfs push --all.");
        }
        JsonNode action = object.path("actions").path("download");
        URI href = address(action.path("href").asString(""), file);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        action.path("header")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString("")));
        if (endpoint.isHostOf(href) && !headers.containsKey("Authorization")) {
            headers.putAll(endpoint.headers());
        }
        return new Download(file, href, headers);
    }

    private URI address(String href, LfsFile file) {
        try {
            URI uri = new URI(href);
            if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // as below: what it named is no address
        }
        throw unavailable("its LFS server named no http address for " + file.path(), null);
    }

    private HttpRequest.Builder request(URI address, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(address);
        try {
            headers.forEach((name, value) -> {
                if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                    request.header(name, value);
                }
            });
            return request;
        } catch (IllegalArgumentException e) {
            throw unavailable("its LFS server asked for a header that cannot be sent", e);
        }
    }

    private InputStream send(HttpRequest.Builder request, String what) throws IOException {
        var sent = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var cut = cancel.onCancel(() -> sent.cancel(true))) {
            var response = await(sent, what);
            if (response.statusCode() == 200) {
                return new StallGuard(
                        response.body(), timeout, cancel, e -> unavailable(what + " broke off: " + e.getMessage(), e));
            }
            response.body().close();
            throw refused(response.statusCode(), what);
        }
    }

    private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> sent, String what)
            throws IOException {
        try {
            return sent.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while waiting for " + what);
        } catch (ExecutionException | TimeoutException | java.util.concurrent.CancellationException e) {
            sent.cancel(true);
            cancel.throwIfCancelled();
            String why = e.getCause() == null
                    ? "no answer in time"
                    : String.valueOf(e.getCause().getMessage());
            throw unavailable(what + " cannot be had from its LFS server: " + why, e);
        }
    }

    private RuntimeException refused(int status, String what) {
        String reason = "its LFS server answered " + status + " for " + what;
        return switch (status) {
            case 401, 403 ->
                new AccessDeniedException(
                        subject, reason, "Check that the credentials may read the LFS files of this repository.");
            case 404, 410, 422 ->
                new SourceNotFoundException(
                        subject, reason, "Check that LFS is on for this repository, and push with git lfs push --all.");
            default -> unavailable(reason, null);
        };
    }

    private SourceUnavailableException unavailable(String reason, @org.jspecify.annotations.Nullable Exception cause) {
        return new SourceUnavailableException(subject, reason, "Try again.", cause);
    }
}
