package io.dokploy.core.git;

import io.dokploy.api.error.AccessDeniedException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.SourceUnavailableException;
import io.dokploy.api.source.GitCredentials;
import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The LFS batch protocol, downloading only, with the credentials of the repository and for its host alone. */
final class LfsServer implements AutoCloseable {

    private static final String JSON = "application/vnd.git-lfs+json";

    private final GitAddress address;
    private final Optional<GitCredentials> credentials;
    private final HttpSettings settings;
    private final HttpClient client;
    private final CancelToken cancel;
    private final JsonMapper json = JsonMapper.builder().build();

    private LfsServer(RemoteAccess access, CancelToken cancel) {
        this.address = access.address();
        this.credentials = access.credentials();
        this.settings = access.http();
        this.cancel = cancel;
        this.client = HttpClient.newBuilder()
                .proxy(settings.proxies())
                .sslContext(access.tls())
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The server beside the repository; over ssh there is none that could be asked. */
    static LfsServer of(RemoteAccess access, CancelToken cancel) {
        if (!access.address().isHttp()) {
            throw new SourceNotFoundException(
                    "repository " + access.address().url(),
                    "it holds LFS files, and those cannot be fetched over ssh",
                    "Use the https address of the repository, with a token.");
        }
        return new LfsServer(access, cancel);
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
        var request = HttpRequest.newBuilder(batchAddress())
                .header("Accept", JSON)
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        authorize(request);
        JsonNode answer;
        try (InputStream in = send(request, "the list of LFS files")) {
            answer = json.readTree(in);
        } catch (JacksonException e) {
            throw unavailable("its LFS server answered with something else than JSON", e);
        }
        List<Download> downloads = new ArrayList<>();
        for (JsonNode object : answer.path("objects")) {
            for (LfsFile file : byId.getOrDefault(object.path("oid").asString(""), List.of())) {
                downloads.add(download(file, object));
            }
        }
        if (downloads.size() != files.size()) {
            throw unavailable("its LFS server named " + downloads.size() + " of " + files.size() + " files", null);
        }
        return downloads;
    }

    /** Opens a file; it is for the caller to check. */
    InputStream open(Download download) throws IOException {
        var request = HttpRequest.newBuilder(download.href()).GET();
        download.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                request.header(name, value);
            }
        });
        boolean ownHost = address.isSameHost(GitAddress.of(download.href().toString()));
        if (ownHost && download.headers().keySet().stream().noneMatch("authorization"::equalsIgnoreCase)) {
            authorize(request);
        }
        return send(request, "LFS file " + download.file().path());
    }

    @Override
    public void close() {
        // HttpClient ends its threads by itself once nobody refers to it; Java 17 has no close().
    }

    private Download download(LfsFile file, JsonNode object) {
        if (object.has("error")) {
            throw new SourceNotFoundException(
                    "LFS file " + file.path(),
                    "the LFS server of " + address.url() + " does not give it: "
                            + object.path("error").path("code").asInt(0) + " "
                            + object.path("error").path("message").asString(""),
                    "Push the file with git lfs push --all.");
        }
        JsonNode action = object.path("actions").path("download");
        URI href = URI.create(action.path("href").asString(""));
        if (!"https".equals(href.getScheme()) && !"http".equals(href.getScheme())) {
            throw unavailable("its LFS server named no http address for " + file.path(), null);
        }
        Map<String, String> headers = new HashMap<>();
        action.path("header")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString("")));
        return new Download(file, href, headers);
    }

    private URI batchAddress() {
        String url = address.url().replaceAll("/+$", "");
        return URI.create((url.endsWith(".git") ? url : url + ".git") + "/info/lfs/objects/batch");
    }

    private void authorize(HttpRequest.Builder request) {
        if (credentials.orElse(null) instanceof GitCredentials.Basic basic) {
            String pair = basic.username() + ":" + basic.password().reveal();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private InputStream send(HttpRequest.Builder request, String what) throws IOException {
        var sent = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var cut = cancel.onCancel(() -> sent.cancel(true))) {
            var response = await(sent, what);
            if (response.statusCode() == 200) {
                return response.body();
            }
            response.body().close();
            throw refused(response.statusCode(), what);
        }
    }

    private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> sent, String what)
            throws IOException {
        try {
            return sent.get(settings.timeout().toMillis() * 2, TimeUnit.MILLISECONDS);
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
        String subject = "repository " + address.url();
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
        return new SourceUnavailableException("repository " + address.url(), reason, "Try again.", cause);
    }
}
