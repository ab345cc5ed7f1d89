package io.dokploy.core.traefik;

import io.dokploy.api.route.BasicAuthUser;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Domain.WwwRedirect;
import io.dokploy.api.route.Tls;
import io.dokploy.core.TraefikSettings;
import io.dokploy.spi.Router.Candidate;
import io.dokploy.spi.Router.Routes;
import java.util.List;
import java.util.function.Function;

/** Turns the routes of one application into its file. Used once; not thread-safe. */
final class RouteFile {

    private final String base;
    private final Routes routes;
    private final TraefikSettings settings;
    private final PrivateRoutes privateRoutes;
    private final Function<BasicAuthUser, String> passwordHash;

    private final ConfigMap routers = new ConfigMap();
    private final ConfigMap middlewares = new ConfigMap();
    private final ConfigMap services = new ConfigMap();
    private final ConfigMap transports = new ConfigMap();

    RouteFile(
            Routes routes,
            TraefikSettings settings,
            PrivateRoutes privateRoutes,
            Function<BasicAuthUser, String> passwordHash) {
        this.base = Names.of(routes.application());
        this.routes = routes;
        this.settings = settings;
        this.privateRoutes = privateRoutes;
        this.passwordHash = passwordHash;
    }

    /**
     * The whole text.
     *
     * @param certificates own certificates, as Traefik finds them
     */
    String render(List<ConfigMap> certificates) {
        routers.put(own("revision"), privateRoutes.revision(base, routes.revision()));
        routes.domains().forEach(this::domain);
        routes.candidates().forEach(this::candidate);
        routes.backends().forEach(backend -> transports.put(DomainServices.transportName(base, backend), transport()));
        var http = ConfigMap.of("routers", routers);
        putUnlessEmpty(http, "middlewares", middlewares);
        putUnlessEmpty(http, "services", services);
        putUnlessEmpty(http, "serversTransports", transports);
        var document = ConfigMap.of("http", http);
        if (!certificates.isEmpty()) {
            document.put("tls", new ConfigMap().putParts("certificates", certificates));
        }
        return RouteHeader.of(routes).write(routes.application().subject(), document.toYaml());
    }

    /** The host that answers; the other one of a {@code www} redirect only sends there. */
    static String servedHost(Domain domain) {
        return domain.www() == WwwRedirect.TO_WWW ? "www." + domain.host() : domain.host();
    }

    /** The rule by which a domain's requests are known. */
    static String rule(Domain domain) {
        return rule(servedHost(domain), domain.path());
    }

    private static String rule(String host, String path) {
        String hostRule = "Host(`" + host + "`)";
        return path.equals("/") ? hostRule : hostRule + " && PathPrefix(`" + path + "`)";
    }

    private void domain(Domain domain) {
        String name = base + "_" + domain.host() + (domain.path().equals("/") ? "" : "_" + Names.hash(domain.path()));
        boolean https = !(domain.tls() instanceof Tls.None);
        boolean retry = settings.retries()
                && routes.backends().stream()
                        .anyMatch(backend -> backend.hosts().size() > 1);
        List<String> chain = new DomainMiddlewares(name, middlewares::put).chain(domain, passwordHash, retry);
        String service = new DomainServices(base, name, domain, services::put).of(routes.backends());
        if (https) {
            routers.put(name, secured(router(rule(domain), chain, service, true), domain));
            if (domain.httpsRedirect()) {
                String redirect = name + "_to-https";
                middlewares.put(redirect, ConfigMap.of("redirectScheme", toHttps()));
                routers.put(name + "_http", router(rule(domain), List.of(redirect), "noop@internal", false));
            } else {
                routers.put(name + "_http", router(rule(domain), chain, service, false));
            }
        } else {
            routers.put(name, router(rule(domain), chain, service, false));
        }
        if (domain.www() != WwwRedirect.NONE) {
            www(name, domain, https);
        }
    }

    private void www(String name, Domain domain, boolean https) {
        String other = domain.www() == WwwRedirect.TO_WWW ? domain.host() : "www." + domain.host();
        String redirect = name + "_www";
        middlewares.put(
                redirect,
                ConfigMap.of(
                        "redirectRegex",
                        new ConfigMap()
                                .put("regex", "^https?://[^/]+/(.*)")
                                .put("replacement", origin(servedHost(domain), https) + "/${1}")
                                .put("permanent", true)));
        String rule = rule(other, domain.path());
        routers.put(redirect, router(rule, List.of(redirect), "noop@internal", false));
        if (https) {
            routers.put(redirect + "_https", secured(router(rule, List.of(redirect), "noop@internal", true), domain));
        }
    }

    private void candidate(Candidate candidate) {
        String ours = own("candidate");
        String name = ours + "_" + candidate.host() + "_" + candidate.port();
        middlewares.put(ours, privateRoutes.withoutOurHeaders());
        transports.put(ours, transport());
        var server = ConfigMap.of("url", "http://" + candidate.host() + ":" + candidate.port());
        services.put(
                name,
                ConfigMap.of(
                        "loadBalancer",
                        new ConfigMap().putParts("servers", List.of(server)).put("serversTransport", ours)));
        routers.put(name, privateRoutes.candidate(candidate, name, ours));
    }

    /** A name that no host can take. */
    private String own(String what) {
        return base + "__" + what;
    }

    private ConfigMap router(String rule, List<String> chain, String service, boolean secure) {
        var entryPoints = settings.entryPoints();
        var router = new ConfigMap()
                .put("entryPoints", List.of(secure ? entryPoints.websecure() : entryPoints.web()))
                .put("rule", rule);
        if (!chain.isEmpty()) {
            router.put("middlewares", chain);
        }
        return router.put("service", service);
    }

    private ConfigMap secured(ConfigMap router, Domain domain) {
        var tls = new ConfigMap();
        Resolver.nameFor(domain.tls(), settings).ifPresent(name -> tls.put("certResolver", name));
        return router.put("tls", tls);
    }

    private ConfigMap toHttps() {
        var scheme = ConfigMap.of("scheme", "https").put("permanent", true);
        return settings.httpsPort() == 443 ? scheme : scheme.put("port", settings.httpsPort());
    }

    private String origin(String host, boolean https) {
        int port = https ? settings.httpsPort() : settings.httpPort();
        return (https ? "https://" : "http://") + host + (port == (https ? 443 : 80) ? "" : ":" + port);
    }

    private static ConfigMap transport() {
        return ConfigMap.of(
                "forwardingTimeouts", ConfigMap.of("dialTimeout", "5s").put("idleConnTimeout", "1s"));
    }

    private static void putUnlessEmpty(ConfigMap parent, String key, ConfigMap part) {
        if (!part.isEmpty()) {
            parent.put(key, part);
        }
    }
}
