package io.dokploy.api.route;

import io.dokploy.api.error.Problems;
import io.dokploy.api.value.Secret;
import java.util.Objects;

/** Where the certificate of a domain comes from. */
public sealed interface Tls {

    /** Plain HTTP. */
    record None() implements Tls {}

    /**
     * The router gets a certificate from Let's Encrypt (or another ACME server that the router was set up with).
     *
     * @param challenge how control of the domain is proven
     */
    record LetsEncrypt(Challenge challenge) implements Tls {
        public LetsEncrypt {
            Objects.requireNonNull(challenge, "challenge");
        }
    }

    /**
     * A certificate resolver that the router knows by name.
     *
     * @param name as in the router's static configuration
     */
    record Resolver(String name) implements Tls {
        public Resolver {
            Problems.of("certificate resolver")
                    .require(name.matches("[A-Za-z0-9_-]{1,60}"), "name", "must be letters, digits, _ or -")
                    .throwIfAny();
        }
    }

    /**
     * An own certificate. Before it is used it is checked: the key fits, the host is in it, it is not expired.
     *
     * @param chain certificate first, then intermediates, in PEM
     * @param key   the private key in PEM (PKCS#8 or the traditional forms), without passphrase
     */
    record Own(String chain, Secret key) implements Tls {
        public Own {
            Objects.requireNonNull(chain, "chain");
            Objects.requireNonNull(key, "key");
        }
    }

    /** The ways of ACME that the router can do by itself. */
    enum Challenge {
        /** A file below {@code /.well-known/} on port 80. The default. */
        HTTP,
        /** TLS-ALPN on port 443. */
        TLS
    }

    /** Plain HTTP. */
    static Tls none() {
        return new None();
    }

    /** Let's Encrypt by the HTTP challenge. */
    static Tls letsEncrypt() {
        return new LetsEncrypt(Challenge.HTTP);
    }

    /** Let's Encrypt by the given challenge. */
    static Tls letsEncrypt(Challenge challenge) {
        return new LetsEncrypt(challenge);
    }

    /** A resolver of the router's own configuration. */
    static Tls resolver(String name) {
        return new Resolver(name);
    }

    /** An own certificate. */
    static Own certificate(String chain, Secret key) {
        return new Own(chain, key);
    }
}
