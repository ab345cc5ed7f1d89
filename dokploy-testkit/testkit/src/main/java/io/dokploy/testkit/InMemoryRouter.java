package io.dokploy.testkit;

import io.dokploy.api.ApplicationStatus.CertificateStatus;
import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.error.CertificateException;
import io.dokploy.api.error.FencedException;
import io.dokploy.api.error.RouterNotUpdatedException;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.spi.ApplicationRef;
import io.dokploy.spi.PluginContext;
import io.dokploy.spi.Router;
import io.dokploy.testkit.engine.EngineScript;
import io.dokploy.testkit.engine.HttpCall;
import io.dokploy.testkit.engine.HttpReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A router that keeps its routes in memory and asks the containers of an in-memory engine. Requests are shared out by
 * weight, in turn. It knows hosts and paths; what changes requests or answers on their way (redirects, logins,
 * certificates, limits) is taken and has no effect. Thread-safe.
 */
public class InMemoryRouter implements Router {

    /** Has no divisor in common with 100. */
    private static final int STRIDE = 37;

    private final EngineScript engine;
    private final Set<String> networks = new LinkedHashSet<>();
    private final Map<String, Routes> routes = new TreeMap<>();
    private final List<OpenRequest> open = new ArrayList<>();
    private long requests;
    private int replicas;

    /** A router for the containers of that engine. */
    public InMemoryRouter(EngineScript engine) {
        this.engine = engine;
    }

    @Override
    public String id() {
        return "in-memory";
    }

    @Override
    public synchronized void start(List<String> reached, PluginContext context) {
        networks.addAll(reached);
    }

    @Override
    public synchronized void attach(String network, PluginContext context) {
        networks.add(network);
    }

    @Override
    public void check(Routes checked) {
        for (Domain domain : checked.domains()) {
            if (domain.tls() instanceof Tls.Own own && !own.chain().contains("BEGIN CERTIFICATE")) {
                throw new CertificateException(
                        "domain " + domain.host(), "its certificate cannot be read", "Give it in PEM.");
            }
        }
    }

    @Override
    public synchronized void publish(Routes next) {
        Routes former = routes.get(next.application().id().value());
        if (former != null && former.epoch() > next.epoch()) {
            throw new FencedException(
                    next.application().subject(), "a newer epoch has published", "Nothing is to be done.");
        }
        routes.put(next.application().id().value(), next);
    }

    @Override
    public synchronized Optional<Published> published(ApplicationRef application) {
        return Optional.ofNullable(routes.get(application.id().value())).map(InMemoryRouter::published);
    }

    @Override
    public void awaitInForce(ApplicationRef application, long revision, PluginContext context) {
        if (published(application).filter(now -> now.revision() == revision).isEmpty()) {
            throw new RouterNotUpdatedException(application.subject(), "it was never published", "Publish it.");
        }
    }

    @Override
    public Answer probe(Candidate candidate, HttpHealthCheck check, PluginContext context) {
        return answer(forward(candidate.host(), candidate.port(), HttpCall.get(check.path())), candidate.host());
    }

    @Override
    public Answer ask(Domain domain, PluginContext context) {
        Optional<Route> route = route(domain.host(), domain.path());
        if (route.isEmpty()) {
            return new Answer(404, "", domain.url(), false);
        }
        return route.get().backends().isEmpty()
                ? new Answer(503, "", domain.url(), true)
                : answer(serve(route.get(), HttpCall.get(domain.path())), domain.url());
    }

    /**
     * Sends a request through the front door, as a client would.
     *
     * @param host as in the Host header
     * @return the application's answer; 404 if no application has that host and path, 503 if none of its releases
     *     serves, 502 if the container that was chosen does not accept
     */
    public HttpReply request(String host, HttpCall call) {
        Optional<Route> route = route(host, call.path());
        if (route.isEmpty()) {
            return HttpReply.status(404, "no route");
        }
        return serve(route.get(), call)
                .orElseGet(() -> route.get().backends().isEmpty()
                        ? HttpReply.status(503, "no release serves")
                        : HttpReply.status(502, "nobody answers"));
    }

    /** A request that a container has begun to answer and has not ended: it holds up a drain until it is closed. */
    public synchronized OpenRequest openRequest(String host, String path) {
        Route route = route(host, path)
                .filter(found -> !found.backends().isEmpty())
                .orElseThrow(() -> new IllegalStateException("nobody serves " + host + path));
        String container = choose(route.backends()).hosts().get(0);
        String address = networks.stream()
                .flatMap(network -> engine.resolve(network, container).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(container + " does not run"));
        var request = new OpenRequest(address, this);
        open.add(request);
        return request;
    }

    /** A request that lasts until it is closed. */
    public static final class OpenRequest implements AutoCloseable {
        private final String address;
        private final InMemoryRouter router;

        private OpenRequest(String address, InMemoryRouter router) {
            this.address = address;
            this.router = router;
        }

        @Override
        public void close() {
            synchronized (router) {
                router.open.remove(this);
            }
        }
    }

    @Override
    public synchronized Optional<Integer> connections(List<String> addresses, PluginContext context) {
        return Optional.of((int) open.stream()
                .filter(request -> addresses.contains(request.address))
                .count());
    }

    @Override
    public List<CertificateStatus> certificates(List<Domain> domains, PluginContext context) {
        return List.of();
    }

    @Override
    public synchronized void withdraw(ApplicationRef application) {
        routes.remove(application.id().value());
    }

    @Override
    public synchronized List<Published> all(String instance) {
        return routes.values().stream()
                .filter(one -> one.application().instance().equals(instance))
                .map(InMemoryRouter::published)
                .toList();
    }

    /** A domain and who serves it. */
    private record Route(Domain domain, List<Backend> backends) {}

    /** The longest path wins. */
    private synchronized Optional<Route> route(String host, String path) {
        return routes.values().stream()
                .flatMap(one -> one.domains().stream().map(domain -> new Route(domain, one.backends())))
                .filter(route -> route.domain().hosts().contains(host)
                        && path.startsWith(route.domain().path()))
                .max(Comparator.comparing(route -> route.domain().path().length()));
    }

    private Optional<HttpReply> serve(Route route, HttpCall call) {
        if (route.backends().isEmpty()) {
            return Optional.empty();
        }
        Backend backend = choose(route.backends());
        var inside = new HttpCall(call.method(), inside(route.domain(), call.path()), call.headers(), call.body());
        Optional<HttpReply> reply = Optional.empty();
        // With a health check of its own a router passes dead containers over.
        int tries = backend.health().isPresent()
                ? backend.hosts().size()
                : Math.min(1, backend.hosts().size());
        for (int i = 0; i < tries && reply.isEmpty(); i++) {
            String container = backend.hosts().get(nextReplica(backend.hosts().size()));
            reply = forward(container, route.domain().port(), inside);
        }
        return reply;
    }

    private static String inside(Domain domain, String path) {
        String rest = domain.stripPath() ? "/" + path.substring(domain.path().length()) : path;
        return (domain.internalPath() + rest).replaceAll("/+", "/");
    }

    /** Shares requests out evenly; of a hundred each backend gets exactly its percentage. */
    private synchronized Backend choose(List<Backend> backends) {
        int total = backends.stream().mapToInt(Backend::weight).sum();
        int point = (int) (requests++ * STRIDE % total);
        for (Backend backend : backends) {
            point -= backend.weight();
            if (point < 0) {
                return backend;
            }
        }
        return backends.get(0);
    }

    private synchronized int nextReplica(int count) {
        return replicas++ % count;
    }

    private Optional<HttpReply> forward(String host, int port, HttpCall call) {
        List<String> reached;
        synchronized (this) {
            reached = List.copyOf(networks);
        }
        return reached.stream()
                .flatMap(network -> engine.request(network, host, port, call).stream())
                .findFirst();
    }

    private static Answer answer(Optional<HttpReply> reply, String address) {
        return reply.map(got -> new Answer(got.status(), "", address, true))
                .orElseGet(() -> new Answer(0, "nobody answers", address, true));
    }

    private static Published published(Routes routes) {
        return new Published(
                routes.application().id().value(),
                routes.revision(),
                routes.epoch(),
                routes.backends().stream().map(Backend::release).toList());
    }
}
