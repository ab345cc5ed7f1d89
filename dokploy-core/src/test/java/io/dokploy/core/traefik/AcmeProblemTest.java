package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.api.route.Tls.Challenge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Traefik logs (recorded) becomes something that a user can act on. */
class AcmeProblemTest {

    private static final String HOST = "shop.example.com";
    private static final String LOG =
            "Unable to obtain ACME certificate for domains: unable to generate a certificate for"
                    + " the domains [shop.example.com]: resolver: one or more domains had a problem: [shop.example.com: invalid"
                    + " authorization: acme: error: 400 :: urn:ietf:params:acme:error:%s :: %s]";

    @Test
    void aNameWithoutDns() {
        assertThat(problem(
                        "dns",
                        "DNS problem: NXDOMAIN looking up A for shop.example.com - check that a DNS record exists"))
                .isEqualTo(
                        "the certificate authority cannot resolve shop.example.com: DNS problem: NXDOMAIN looking up A"
                                + " for shop.example.com - check that a DNS record exists. Let the name point to this server, then"
                                + " deploy again.");
        assertThat(problem("connection", "Get \"http://shop.example.com:80/\": could not resolve URL"))
                .startsWith("the certificate authority cannot resolve shop.example.com");
    }

    @Test
    void aServerThatCannotBeReached() {
        assertThat(problem("connection", "203.0.113.7: Timeout during connect (likely firewall problem)"))
                .contains("cannot reach shop.example.com", "open port 80 to everybody");
        assertThat(problem(
                        Challenge.TLS,
                        "unauthorized",
                        "Failed to connect to 203.0.113.7:443 for the tls-alpn-01 challenge"))
                .contains("cannot reach shop.example.com", "open port 443 to everybody");
    }

    @Test
    void aNameThatLeadsToSomebodyElse() {
        assertThat(problem("unauthorized", "203.0.113.9: Invalid response from http://shop.example.com/: 404"))
                .contains("reached somebody else for shop.example.com");
    }

    @Test
    void anAuthorityThatWantsAPause() {
        assertThat(problem("rateLimited", "too many failed authorizations (5) in the last 1h"))
                .isEqualTo(
                        "the certificate authority wants a pause: too many failed authorizations (5) in the last 1h");
    }

    @Test
    void anythingElseIsPassedOn() {
        assertThat(problem("caa", "CAA record prevents issuance"))
                .isEqualTo("the certificate authority refuses: CAA record prevents issuance");
        assertThat(AcmeProblem.of(
                        domain(Challenge.HTTP), HOST, List.of("cannot register for [shop.example.com]: no network")))
                .isEqualTo("no certificate: cannot register for [shop.example.com]: no network");
    }

    @Test
    void anotherHostsProblemIsNotOurs() {
        String other = LOG.formatted("dns", "x").replace("shop", "my-shop");
        assertThat(AcmeProblem.of(domain(Challenge.HTTP), HOST, List.of(other))).isEqualTo(AcmeProblem.ASKED_FOR);
    }

    @Test
    void theLastProblemCounts() {
        assertThat(AcmeProblem.of(
                        domain(Challenge.HTTP),
                        HOST,
                        List.of(LOG.formatted("dns", "first"), LOG.formatted("caa", "last"))))
                .endsWith("refuses: last");
    }

    private static String problem(String type, String said) {
        return problem(Challenge.HTTP, type, said);
    }

    private static String problem(Challenge challenge, String type, String said) {
        return AcmeProblem.of(domain(challenge), HOST, List.of(LOG.formatted(type, said)));
    }

    private static Domain domain(Challenge challenge) {
        return Domain.of(HOST).https(Tls.letsEncrypt(challenge));
    }
}
