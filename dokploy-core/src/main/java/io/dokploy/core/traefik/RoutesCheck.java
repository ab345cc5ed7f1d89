package io.dokploy.core.traefik;

import io.dokploy.api.error.Problems;
import io.dokploy.api.error.RouterSetupException;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.RedirectRule;
import io.dokploy.api.route.Tls;
import io.dokploy.core.TraefikSettings;
import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds, before anything is published, what Traefik would refuse or what it would serve wrongly. */
final class RoutesCheck {

    /** What Java's expressions have and RE2 has not: look-around, atomic groups, possessive quantifiers, back references. */
    private static final Pattern NOT_RE2 = Pattern.compile("\\(\\?(=|!|<=|<!|>)|[*+?}]\\+|\\\\[1-9]|\\\\k<|&&\\[");

    private final TraefikSettings settings;
    private final @Nullable TraefikApi api;

    /** Without an API what only Traefik knows is not checked. */
    RoutesCheck(TraefikSettings settings, @Nullable TraefikApi api) {
        this.settings = settings;
        this.api = api;
    }

    void check(List<Domain> domains, Instant now) {
        var problems = Problems.of("domains");
        for (int i = 0; i < domains.size(); i++) {
            check(problems, "domains[" + i + "]", domains.get(i));
        }
        problems.throwIfAny();
        for (Domain domain : domains) {
            checkTls(domain, now);
        }
    }

    private void check(Problems problems, String field, Domain domain) {
        List<RedirectRule> rules = domain.redirects();
        for (int i = 0; i < rules.size(); i++) {
            problems.require(
                    !NOT_RE2.matcher(rules.get(i).regex()).find(),
                    field + ".redirects[" + i + "].regex",
                    "uses look-around, back references or possessive quantifiers, which Traefik's expressions (RE2)"
                            + " do not have");
        }
        for (String middleware : domain.middlewares()) {
            String name = DomainMiddlewares.qualified(middleware);
            if (isMissing(name)) {
                problems.add(field + ".middlewares", "Traefik knows no middleware \"" + name + "\"");
            }
        }
    }

    private boolean isMissing(String middleware) {
        if (api == null) {
            return false;
        }
        try {
            return !api.hasMiddleware(middleware, CancelToken.never());
        } catch (IOException e) {
            throw new RouterSetupException(
                    "Traefik", "its API does not answer: " + Problem.of(e), "See whether it runs, then try again.", e);
        }
    }

    private void checkTls(Domain domain, Instant now) {
        if (domain.tls() instanceof Tls.Own own) {
            OwnCertificate.check(domain, own, now);
        }
        Optional<String> resolver = Resolver.nameFor(domain.tls(), settings);
        if (domain.tls() instanceof Tls.LetsEncrypt && resolver.isEmpty()) {
            throw new RouterSetupException(
                    "domain " + domain.host(),
                    "it asks for a certificate from Let's Encrypt, but the router is not set up for that",
                    settings.isManaged()
                            ? "Give an e-mail address: TraefikSettings.managed().acme(\"ops@example.com\")."
                            : "Name Traefik's certificate resolvers: TraefikSettings.existing(…).resolvers(…).");
        }
        if (domain.tls() instanceof Tls.Resolver && settings.isManaged() && !isOurs(resolver)) {
            throw new RouterSetupException(
                    "domain " + domain.host(),
                    "the router has no certificate resolver \"" + resolver.orElse("") + "\"",
                    "Use Tls.letsEncrypt() or an own certificate, or an existing Traefik that has this resolver.");
        }
    }

    private boolean isOurs(Optional<String> resolver) {
        return settings.resolvers()
                .filter(names -> resolver.filter(
                                name -> name.equals(names.httpChallenge()) || name.equals(names.tlsChallenge()))
                        .isPresent())
                .isPresent();
    }
}
