package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.ApplicationStatus.CertificateStatus;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import io.dokploy.api.route.Tls.Challenge;
import io.dokploy.core.certificate.CertificateHosts;
import io.dokploy.spi.engine.ContainerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates by Traefik's own ACME, from Pebble; and what the user is told when a challenge fails. */
class AcmeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private static TestFrontDoor door;
    private static Pebble pebble;
    private static String app;

    @BeforeAll
    static void open() throws Exception {
        String authority = Pebble.authority(folder);
        door = new TestFrontDoor(
                folder,
                settings -> settings.acme("ops@example.com")
                        .acmeServer(Pebble.DIRECTORY)
                        .acmeCaCertificate(authority));
        pebble = new Pebble(door, folder);
        app = door.testapp("1");
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void aCertificateByTheHttpChallengeIsObtainedAndServed() throws Exception {
        obtainedAndServed("by-http.example.com", Tls.letsEncrypt(Challenge.HTTP));
    }

    @Test
    void aCertificateByTheTlsChallengeIsObtainedAndServed() throws Exception {
        obtainedAndServed("by-tls.example.com", Tls.letsEncrypt(Challenge.TLS));
    }

    @Test
    void aResolverOfTheRouterIsUsedByName() throws Exception {
        String name = door.settings().resolvers().orElseThrow().tlsChallenge();
        obtainedAndServed("by-name.example.com", Tls.resolver(name));
    }

    @Test
    void aHostWithoutDnsIsToldSo() throws Exception {
        pebble.forget("nowhere.example.com");
        assertThat(problem("nowhere.example.com", Challenge.HTTP))
                .contains("cannot resolve nowhere.example.com")
                .contains("Let the name point to this server");
    }

    @Test
    void aHostThatLeadsToNobodyIsToldWhichPortMustBeOpen() throws Exception {
        String nobody = door.address(door.name("pebble"));
        pebble.lead("nobody.example.com", nobody);
        assertThat(problem("nobody.example.com", Challenge.HTTP))
                .contains("cannot reach nobody.example.com")
                .contains("open port 80");
        pebble.lead("nobody-tls.example.com", nobody);
        assertThat(problem("nobody-tls.example.com", Challenge.TLS))
                .contains("cannot reach nobody-tls.example.com")
                .contains("open port 443");
    }

    @Test
    void aHostThatLeadsToSomebodyElseIsToldSo() throws Exception {
        String stranger = door.start(
                "stranger",
                ContainerSpec.of(door.name("stranger"), TestFrontDoor.TESTAPP).env("PORT", "80"));
        pebble.lead("stranger.example.com", door.address(stranger));
        door.awaitPort(stranger, 80);
        assertThat(problem("stranger.example.com", Challenge.HTTP))
                .contains("reached somebody else for stranger.example.com");
    }

    private static void obtainedAndServed(String host, Tls tls) throws Exception {
        Domain domain = Domain.of(host).https(tls);
        door.serve(Names.hash(host), app, domain);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(domain)).matches(CertificateStatus::valid));
        CertificateStatus status = status(domain);
        assertThat(status.issuer()).contains("Pebble");
        assertThat(status.expires().orElseThrow()).isAfter(Instant.now().plus(Duration.ofDays(80)));
        var page = door.https(host).get("/");
        assertThat(page.body()).isEqualTo("testapp 1\n");
        assertThat(page.certificate().getIssuerX500Principal().getName()).contains("Pebble");
        assertThat(CertificateHosts.of(page.certificate())).containsExactly(host);
        assertThat(door.http(host).get("/").header("Location")).startsWith("https://" + host);
    }

    private static String problem(String host, Challenge challenge) {
        Domain domain = Domain.of(host).https(Tls.letsEncrypt(challenge));
        door.serve(Names.hash(host), app, domain);
        await().atMost(PATIENCE).until(() -> !status(domain).problem().equals(AcmeProblem.ASKED_FOR));
        CertificateStatus status = status(domain);
        assertThat(status.valid()).isFalse();
        return status.problem();
    }

    private static CertificateStatus status(Domain domain) {
        return door.router().certificates(List.of(domain), door.context()).get(0);
    }
}
