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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A router that keeps its routes in memory and asks containers of the in-memory engine. */
class MemoryRouter implements Router {

    private final EngineScript engine;
    private final String network;
    private final Map<String, Routes> routes = new TreeMap<>();
    private int turn;

    MemoryRouter(EngineScript engine, String network) {
        this.engine = engine;
        this.network = network;
    }

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public void start(List<String> networks, PluginContext context) {}

    @Override
    public void attach(String name, PluginContext context) {}

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
        return Optional.ofNullable(routes.get(application.id().value())).map(MemoryRouter::published);
    }

    @Override
    public void awaitInForce(ApplicationRef application, long revision, PluginContext context) {
        if (published(application).filter(now -> now.revision() == revision).isEmpty()) {
            throw new RouterNotUpdatedException(application.subject(), "it was never published", "Publish it.");
        }
    }

    @Override
    public Answer probe(Candidate candidate, HttpHealthCheck check, PluginContext context) {
        return answer(request(candidate.host(), candidate.port(), check.path()), candidate.host());
    }

    @Override
    public synchronized Answer ask(Domain domain, PluginContext context) {
        Optional<Routes> owner = routes.values().stream()
                .filter(one -> one.domains().stream()
                        .anyMatch(own -> own.host().equals(domain.host())
                                && domain.path().startsWith(own.path())))
                .max(Comparator.comparing(one -> one.domains().stream()
                        .filter(own -> domain.path().startsWith(own.path()))
                        .mapToInt(own -> own.path().length())
                        .max()
                        .orElse(0)));
        if (owner.isEmpty()) {
            return new Answer(404, "", domain.url(), false);
        }
        List<Backend> backends = owner.get().backends();
        if (backends.isEmpty()) {
            return new Answer(503, "", domain.url(), true);
        }
        Backend backend = backends.get(turn++ % backends.size());
        return answer(request(backend.hosts().get(0), domain.port(), domain.path()), domain.url());
    }

    private Optional<HttpReply> request(String host, int port, String path) {
        return engine.request(network, host, port, HttpCall.get(path));
    }

    private static Answer answer(Optional<HttpReply> reply, String address) {
        return reply.map(got -> new Answer(got.status(), "", address, true))
                .orElseGet(() -> new Answer(0, "nobody answers", address, true));
    }

    @Override
    public Optional<Integer> connections(List<String> addresses, PluginContext context) {
        return Optional.empty();
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
                .map(MemoryRouter::published)
                .toList();
    }

    private static Published published(Routes routes) {
        return new Published(
                routes.application().id().value(),
                routes.revision(),
                routes.epoch(),
                routes.backends().stream().map(Backend::release).toList());
    }
}
