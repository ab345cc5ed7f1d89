package io.dokploy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.route.Tls;
import io.dokploy.core.certificate.GivenCertificate;
import io.dokploy.core.certificate.GivenCertificate.Flaw;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** A self-signed certificate is good for its hosts and its time, and for nothing else. */
class SelfSignedCertificateTest {

    private static final Instant NOW = Instant.parse("2030-06-01T00:00:00Z");
    private static final Tls.Own CERTIFICATE = SelfSignedCertificate.of(
            NOW, Duration.ofDays(30), List.of("db.example.com", "*.example.org", "203.0.113.7", "2001:db8::1"));

    @Test
    void itIsForItsHostsNamesAndAddresses() {
        assertThat(GivenCertificate.flaws(
                        CERTIFICATE, List.of("db.example.com", "a.example.org", "203.0.113.7", "2001:db8:0::1"), NOW))
                .isEmpty();
        assertThat(GivenCertificate.flaws(
                        CERTIFICATE, List.of("example.com", "b.a.example.org", "203.0.113.8", "2001:db8::2"), NOW))
                .hasSize(4);
    }

    @Test
    void allThatIsWrongWithOneIsTold() {
        var other = SelfSignedCertificate.of(NOW, Duration.ofDays(1), List.of("else.example.com"));
        var mixed = new Tls.Own(CERTIFICATE.chain() + other.chain(), other.key());
        assertThat(GivenCertificate.flaws(mixed, List.of("else.example.com"), NOW.plus(Duration.ofDays(31))))
                .extracting(Flaw::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("expired at 2030-07-01T00:00:00Z"),
                        reason -> assertThat(reason).contains("not for the host else.example.com"),
                        reason -> assertThat(reason).contains("did not issue the one before it"),
                        reason -> assertThat(reason).contains("the private key is not the one"));
        assertThat(GivenCertificate.flaws(CERTIFICATE, List.of(), NOW.minus(Duration.ofHours(2))))
                .hasSize(1);
    }

    @Test
    void clientsTrustTheRootThatAChainEndsWithAndNoOther() throws Exception {
        assertThat(GivenCertificate.rootOf(CERTIFICATE)).contains(CERTIFICATE.chain());
        var fromAnAuthority = new Tls.Own(issuedByAnAuthority(), CERTIFICATE.key());
        assertThat(GivenCertificate.rootOf(fromAnAuthority)).isEmpty();
        assertThat(GivenCertificate.rootOf(new Tls.Own("garbage", CERTIFICATE.key())))
                .isEmpty();
    }

    @Test
    void whatIsNoHostAndNoTimeIsRefused() {
        assertThatThrownBy(() -> SelfSignedCertificate.of(Duration.ZERO, "a host", "db.example.com", ""))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        error -> assertThat(error.problems()).hasSize(3));
        assertThatThrownBy(() -> SelfSignedCertificate.of(Duration.ofDays(1)))
                .hasMessageContaining("must name at least one");
    }

    private static String issuedByAnAuthority() throws Exception {
        var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var certificate = new JcaX509v3CertificateBuilder(
                        new X500Name("CN=An authority"),
                        BigInteger.ONE,
                        Date.from(NOW),
                        Date.from(NOW.plus(Duration.ofDays(1))),
                        new X500Name("CN=A server"),
                        keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        }
        return text.toString();
    }
}
