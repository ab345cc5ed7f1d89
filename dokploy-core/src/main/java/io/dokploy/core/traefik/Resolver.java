package io.dokploy.core.traefik;

import io.dokploy.api.route.Tls;
import io.dokploy.core.TraefikSettings;
import java.util.Optional;

/** Which certificate resolver of Traefik a domain takes. */
final class Resolver {

    private Resolver() {}

    /** Its name; empty for a domain that needs none, or whose resolver is not set up. */
    static Optional<String> nameFor(Tls tls, TraefikSettings settings) {
        if (tls instanceof Tls.Resolver resolver) {
            return Optional.of(resolver.name());
        }
        if (tls instanceof Tls.LetsEncrypt letsEncrypt) {
            return settings.resolvers()
                    .map(names -> letsEncrypt.challenge() == Tls.Challenge.HTTP
                            ? names.httpChallenge()
                            : names.tlsChallenge());
        }
        return Optional.empty();
    }
}
