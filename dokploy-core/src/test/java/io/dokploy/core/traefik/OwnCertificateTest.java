package io.dokploy.core.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dokploy.api.error.CertificateException;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Domain.WwwRedirect;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.Secret;
import io.dokploy.core.traefik.TestCertificates.Pair;
import java.io.StringWriter;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;

/** A certificate that would not work is refused before anybody is served with it, with its reason. */
class OwnCertificateTest {

    private static final Instant NOW = Instant.parse("2030-06-01T00:00:00Z");
    private static final Instant START = NOW.minus(Duration.ofDays(30));
    private static final Instant END = NOW.plus(Duration.ofDays(30));
    private static final Domain DOMAIN = Domain.of("shop.example.com");
    private static final KeyPair EC = TestCertificates.keys("EC");

    @Test
    void aFittingOneIsTaken() {
        for (String algorithm : new String[] {"EC", "RSA", "Ed25519"}) {
            Pair pair = TestCertificates.of(TestCertificates.keys(algorithm), START, END, "shop.example.com");
            assertThatCode(() -> check(DOMAIN, pair.chain(), pair.key()))
                    .as(algorithm)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aKeyInPkcs8IsTakenToo() throws Exception {
        Pair pair = TestCertificates.of(EC, START, END, "shop.example.com");
        String key = TestCertificates.pem(new JcaPKCS8Generator(EC.getPrivate(), null));
        assertThat(key).contains("BEGIN PRIVATE KEY");
        assertThatCode(() -> check(DOMAIN, pair.chain(), Secret.of(key))).doesNotThrowAnyException();
    }

    @Test
    void aStarStandsForOneLabel() {
        Pair star = TestCertificates.of(EC, START, END, "*.example.com");
        assertThatCode(() -> check(DOMAIN, star.chain(), star.key())).doesNotThrowAnyException();
        refused(Domain.of("a.shop.example.com"), star.chain(), star.key(), "a.shop.example.com", "*.example.com");
        refused(Domain.of("example.com"), star.chain(), star.key(), "example.com");
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() {
        Pair pair = TestCertificates.of(EC, START, END, "shop.example.com");
        for (String algorithm : new String[] {"EC", "RSA", "Ed25519"}) {
            String other = TestCertificates.key(TestCertificates.keys(algorithm));
            refused(DOMAIN, pair.chain(), Secret.of(other), "the private key is not the one of this certificate");
        }
    }

    @Test
    void anotherHostsIsRefused() {
        Pair pair = TestCertificates.of(EC, START, END, "blog.example.com", "example.com");
        refused(DOMAIN, pair.chain(), pair.key(), "not for the host shop.example.com", "blog.example.com, example.com");
    }

    @Test
    void oneThatMissesTheWwwHostIsRefused() {
        Pair pair = TestCertificates.of(EC, START, END, "shop.example.com");
        refused(DOMAIN.www(WwwRedirect.TO_BARE), pair.chain(), pair.key(), "www.shop.example.com");
    }

    @Test
    void anExpiredOneIsRefused() {
        Instant end = NOW.minus(Duration.ofSeconds(1));
        Pair pair = TestCertificates.of(EC, START, end, "shop.example.com");
        refused(DOMAIN, pair.chain(), pair.key(), "it expired at 2030-05-31T23:59:59Z");
    }

    @Test
    void oneThatIsNotYetValidIsRefused() {
        Pair pair = TestCertificates.of(EC, NOW.plus(Duration.ofHours(1)), END, "shop.example.com");
        refused(DOMAIN, pair.chain(), pair.key(), "it is not valid before 2030-06-01T01:00:00Z");
    }

    @Test
    void garbageIsRefused() {
        Pair pair = TestCertificates.of(EC, START, END, "shop.example.com");
        refused(DOMAIN, "garbage", pair.key(), "PEM");
        refused(DOMAIN, "", pair.key(), "PEM");
        refused(DOMAIN, pair.chain().replace("A", "B"), pair.key(), "PEM");
        refused(DOMAIN, pair.key().reveal(), pair.key(), "PEM");
        refused(DOMAIN, pair.chain(), Secret.of("garbage"), "its private key cannot be read");
        refused(DOMAIN, pair.chain(), Secret.of(pair.chain()), "its private key cannot be read");
    }

    @Test
    void anEncryptedKeyIsRefusedAndSaysSo() throws Exception {
        Pair pair = TestCertificates.of(EC, START, END, "shop.example.com");
        var pkcs8 = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPassword("passphrase".toCharArray())
                .build();
        String modern = TestCertificates.pem(new JcaPKCS8Generator(EC.getPrivate(), pkcs8));
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            var older = new JcePEMEncryptorBuilder("AES-256-CBC").setProvider(new BouncyCastleProvider());
            writer.writeObject(EC.getPrivate(), older.build("passphrase".toCharArray()));
        }
        for (String key : new String[] {modern, text.toString()}) {
            assertThat(key).contains("ENCRYPTED");
            refused(DOMAIN, pair.chain(), Secret.of(key), "its private key is encrypted", "without a passphrase");
        }
    }

    @Test
    void aChainInTheWrongOrderIsRefused() {
        Pair pair = TestCertificates.of(EC, START, END, "shop.example.com");
        Pair stranger = TestCertificates.of(TestCertificates.keys("EC"), START, END, "issuer");
        refused(DOMAIN, pair.chain() + stranger.chain(), pair.key(), "CN=issuer", "did not issue the one before it");
    }

    @Test
    void noErrorQuotesTheKey() {
        Pair pair = TestCertificates.of(EC, START, END, "shop.example.com");
        String broken = pair.key().reveal().replaceFirst("(?s)(.{80}).{8}", "$1!!!!!!!!");
        var error =
                catchThrowableOfType(CertificateException.class, () -> check(DOMAIN, pair.chain(), Secret.of(broken)));
        assertThat(error.getMessage()).doesNotContain(broken.substring(40, 60));
        assertThat(error.getCause()).isNull();
    }

    private static void check(Domain domain, String chain, Secret key) {
        OwnCertificate.check(domain, new Tls.Own(chain, key), NOW);
    }

    private static void refused(Domain domain, String chain, Secret key, String... reasons) {
        var error = catchThrowableOfType(CertificateException.class, () -> check(domain, chain, key));
        assertThat(error).as("refused because of %s", (Object) reasons).isNotNull();
        assertThat(error.getMessage()).contains(reasons).contains("certificate of " + domain.host());
    }
}
