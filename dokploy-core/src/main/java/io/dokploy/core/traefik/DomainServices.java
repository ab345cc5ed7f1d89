package io.dokploy.core.traefik;

import io.dokploy.api.application.HttpHealthCheck;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.spi.Router.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The services behind one domain: who answers its requests. Not thread-safe. */
final class DomainServices {

    private final String base;
    private final String name;
    private final Domain domain;
    private final BiConsumer<String, ConfigMap> sink;

    /** For the domain of that name, of the application {@code base}; what is made goes to {@code sink}. */
    DomainServices(String base, String name, Domain domain, BiConsumer<String, ConfigMap> sink) {
        this.base = base;
        this.name = name;
        this.domain = domain;
        this.sink = sink;
    }

    /** Makes them. @return the name of the one that a router takes */
    String of(List<Backend> backends) {
        if (backends.isEmpty()) {
            // no servers: Traefik answers 503, which is what a stopped application should say
            sink.accept(name, ConfigMap.of("loadBalancer", new ConfigMap().put("servers", List.of())));
            return name;
        }
        if (backends.size() == 1) {
            return release(backends.get(0));
        }
        var parts = new ArrayList<ConfigMap>();
        for (Backend backend : backends) {
            parts.add(ConfigMap.of("name", release(backend)).put("weight", backend.weight()));
        }
        var weighted = new ConfigMap().putParts("services", parts);
        if (domain.stickySessions()) {
            weighted.put("sticky", sticky("release"));
        }
        sink.accept(name, ConfigMap.of("weighted", weighted));
        return name;
    }

    /** The transport of a release: of its own, so that its idle connections end when the release does. */
    static String transportName(String base, Backend backend) {
        return base + "_" + backend.release().value();
    }

    private String release(Backend backend) {
        String service = name + "_" + backend.release().value();
        var servers = backend.hosts().stream()
                .map(host -> ConfigMap.of("url", "http://" + host + ":" + domain.port()))
                .toList();
        var balancer =
                new ConfigMap().putParts("servers", servers).put("serversTransport", transportName(base, backend));
        if (domain.stickySessions()) {
            balancer.put("sticky", sticky("server"));
        }
        if (backend.hosts().size() > 1) {
            backend.health().flatMap(this::healthCheck).ifPresent(check -> balancer.put("healthCheck", check));
        }
        sink.accept(service, ConfigMap.of("loadBalancer", balancer));
        return service;
    }

    /** Traefik knows "2xx or 3xx" and "exactly this status"; other ranges are not checked by it. */
    private Optional<ConfigMap> healthCheck(HttpHealthCheck check) {
        boolean usual = check.minStatus() == 200 && check.maxStatus() == 399;
        if (!usual && check.minStatus() != check.maxStatus()) {
            return Optional.empty();
        }
        var options = new ConfigMap()
                .put("path", check.path())
                .put("interval", "1s")
                .put("timeout", check.timeout().toMillis() + "ms")
                .put("hostname", check.host().orElse(domain.host()))
                .put("followRedirects", false);
        if (!usual) {
            options.put("status", check.minStatus());
        }
        check.port().ifPresent(port -> options.put("port", port));
        return Optional.of(options);
    }

    private ConfigMap sticky(String level) {
        return ConfigMap.of(
                "cookie",
                new ConfigMap()
                        .put("name", "dokploy_" + level + "_" + Names.hash(name))
                        .put("httpOnly", true)
                        .put("secure", !(domain.tls() instanceof Tls.None) && domain.httpsRedirect())
                        .put("sameSite", "lax"));
    }
}
