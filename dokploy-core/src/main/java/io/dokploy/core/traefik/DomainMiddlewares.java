package io.dokploy.core.traefik;

import io.dokploy.api.route.BasicAuthUser;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.RateLimit;
import io.dokploy.api.route.RedirectRule;
import io.dokploy.api.route.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The middlewares of one domain, in the order in which a request passes them. Not thread-safe. */
final class DomainMiddlewares {

    private final String name;
    private final BiConsumer<String, ConfigMap> sink;
    private final List<String> chain = new ArrayList<>();

    /** For the domain of that name; what is made goes to {@code sink}. */
    DomainMiddlewares(String name, BiConsumer<String, ConfigMap> sink) {
        this.name = name;
        this.sink = sink;
    }

    /** Makes them. @return their names */
    List<String> chain(Domain domain, Function<BasicAuthUser, String> passwordHash, boolean retry) {
        if (domain.securityHeaders()) {
            add("security-headers", "headers", securityHeaders(domain));
        }
        if (domain.compression()) {
            add("compress", "compress", new ConfigMap());
        }
        if (!domain.allowedIps().isEmpty()) {
            add("allowed-ips", "ipAllowList", new ConfigMap().put("sourceRange", domain.allowedIps()));
        }
        domain.rateLimit().ifPresent(limit -> add("rate-limit", "rateLimit", rateLimit(limit)));
        for (int i = 0; i < domain.redirects().size(); i++) {
            add("redirect-" + i, "redirectRegex", redirect(domain.redirects().get(i)));
        }
        if (!domain.basicAuth().isEmpty()) {
            add("basic-auth", "basicAuth", basicAuth(domain, passwordHash));
        }
        domain.middlewares().forEach(named -> chain.add(qualified(named)));
        if (retry) {
            add("retry", "retry", new ConfigMap().put("attempts", 2));
        }
        if (domain.stripPath() && !domain.path().equals("/")) {
            add("strip-path", "stripPrefix", new ConfigMap().put("prefixes", List.of(domain.path())));
        }
        if (!domain.internalPath().equals("/")) {
            add("internal-path", "addPrefix", ConfigMap.of("prefix", withoutTrailingSlash(domain.internalPath())));
        }
        return List.copyOf(chain);
    }

    /** As Traefik's API knows a middleware that the user names. */
    static String qualified(String middleware) {
        return middleware.contains("@") ? middleware : middleware + "@file";
    }

    private void add(String suffix, String type, ConfigMap options) {
        String middleware = name + "_" + suffix;
        sink.accept(middleware, ConfigMap.of(type, options));
        chain.add(middleware);
    }

    private static ConfigMap securityHeaders(Domain domain) {
        var headers = new ConfigMap()
                .put("contentTypeNosniff", true)
                .put("customFrameOptionsValue", "SAMEORIGIN")
                .put("referrerPolicy", "strict-origin-when-cross-origin");
        return domain.tls() instanceof Tls.None ? headers : headers.put("stsSeconds", 31_536_000);
    }

    private static ConfigMap rateLimit(RateLimit limit) {
        return new ConfigMap()
                .put("average", limit.average())
                .put("burst", limit.burst())
                .put("period", "1s");
    }

    private static ConfigMap redirect(RedirectRule rule) {
        return new ConfigMap()
                .put("regex", rule.regex())
                .put("replacement", rule.replacement())
                .put("permanent", rule.permanent());
    }

    private static ConfigMap basicAuth(Domain domain, Function<BasicAuthUser, String> passwordHash) {
        List<String> users = domain.basicAuth().stream()
                .map(user -> user.username() + ":" + passwordHash.apply(user))
                .toList();
        return new ConfigMap().put("users", users).put("realm", domain.host()).put("removeHeader", true);
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
