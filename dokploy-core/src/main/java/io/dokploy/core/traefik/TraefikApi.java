package io.dokploy.core.traefik;

import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Router.Candidate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Traefik says on its private entry point. Thread-safe. */
final class TraefikApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TEAPOT = 418; // how noop@internal answers

    private final InetSocketAddress address;
    private final String key;
    private final JsonMapper json = JsonMapper.shared();

    /**
     * A route as Traefik has it.
     *
     * @param name     without provider
     * @param rule     its rule
     * @param enabled  whether it serves
     * @param problems what Traefik says against it
     */
    record LoadedRouter(String name, String rule, boolean enabled, List<String> problems) {}

    TraefikApi(InetSocketAddress address, String key) {
        this.address = address;
        this.key = key;
    }

    InetSocketAddress address() {
        return address;
    }

    /** A question on the private entry point. */
    HttpGet ask() {
        return HttpGet.to(address)
                .header("Host", "traefik")
                .header(PrivateRoutes.KEY_HEADER, key)
                .timeout(TIMEOUT);
    }

    /** Whether that revision of a file is in force. */
    boolean inForce(String name, long revision, CancelToken cancelToken) throws IOException {
        return ask().header(PrivateRoutes.REVISION_HEADER, PrivateRoutes.revisionValue(name, revision))
                        .status("/", cancelToken)
                        .status()
                == TEAPOT;
    }

    /** The routers of files that have that text in their name or rule. */
    List<LoadedRouter> routers(String search, CancelToken cancelToken) throws IOException {
        var found = new ArrayList<LoadedRouter>();
        String query = URLEncoder.encode(search, StandardCharsets.UTF_8);
        for (JsonNode router : get("/api/http/routers?per_page=10000&search=" + query, cancelToken)) {
            if (router.path("provider").asString("").equals("file")) {
                var problems = new ArrayList<String>();
                router.path("error").forEach(problem -> problems.add(problem.asString("")));
                found.add(new LoadedRouter(
                        router.path("name").asString("").replaceFirst("@file$", ""),
                        router.path("rule").asString(""),
                        router.path("status").asString("").equals("enabled"),
                        List.copyOf(problems)));
            }
        }
        return List.copyOf(found);
    }

    /** Whether a route with exactly that rule serves. */
    boolean serves(String rule, CancelToken cancelToken) throws IOException {
        return routers(rule, cancelToken).stream()
                .anyMatch(router -> router.rule().equals(rule) && router.enabled());
    }

    /** Whether a candidate's route serves. */
    boolean serves(Candidate candidate, CancelToken cancelToken) throws IOException {
        String value = PrivateRoutes.candidateValue(candidate);
        return routers(value, cancelToken).stream()
                .anyMatch(router -> router.rule().contains("`" + value + "`") && router.enabled());
    }

    /** The names of the entry points. */
    List<String> entryPoints(CancelToken cancelToken) throws IOException {
        var names = new ArrayList<String>();
        get("/api/entrypoints?per_page=1000", cancelToken)
                .forEach(point -> names.add(point.path("name").asString("")));
        return List.copyOf(names);
    }

    /** Whether there is a middleware of that full name. */
    boolean hasMiddleware(String name, CancelToken cancelToken) throws IOException {
        String path = "/api/http/middlewares/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return ask().status(path, cancelToken).status() == 200;
    }

    private JsonNode get(String path, CancelToken cancelToken) throws IOException {
        HttpGet.Response response = ask().body(path, cancelToken);
        if (response.status() != 200) {
            throw new IOException("Traefik's API answered " + response.status() + " for " + path);
        }
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("Traefik's API answered something else than JSON for " + path, e);
        }
    }
}
