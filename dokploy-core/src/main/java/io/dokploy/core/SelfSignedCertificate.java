package io.dokploy.core;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.Secret;
import io.dokploy.core.certificate.CertificateHosts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates that nobody else vouches for: clients are given the certificate itself as what they trust. For
 * servers whose clients one knows, such as a published database. The key is new each time, and made here (EC, P-256).
 */
@Experimental
public final class SelfSignedCertificate {

    /** Clocks of clients may be late. */
    private static final Duration LATE = Duration.ofHours(1);

    private static final int SERIAL_BITS = 120;

    private SelfSignedCertificate() {}

    /**
     * One that is valid from now on.
     *
     * @param validity after which clients refuse it, and another one must take its place
     * @param hosts    names and IP addresses of the server
     * @throws io.dokploy.api.error.InvalidSpecException with all problems
     */
    public static Tls.Own of(Duration validity, String... hosts) {
        return of(Instant.now(), validity, List.of(hosts));
    }

    static Tls.Own of(Instant from, Duration validity, List<String> hosts) {
        var problems = Problems.of("self-signed certificate");
        problems.require(!validity.isNegative() && !validity.isZero(), "validity", "must be positive");
        problems.require(!hosts.isEmpty(), "hosts", "must name at least one");
        hosts.forEach(host -> problems.require(
                CertificateHosts.isAddress(host) || host.matches("(\\*\\.)?[A-Za-z0-9][A-Za-z0-9.-]{0,252}"),
                "hosts",
                "\"" + host + "\" is no host name or IP address"));
        problems.throwIfAny();
        try {
            var keys = keys();
            return Tls.certificate(
                    pem(certificate(keys, from, validity, hosts)),
                    Secret.of(pem(new JcaPKCS8Generator(keys.getPrivate(), null))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Every Java platform has elliptic curves", e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509CertificateHolder certificate(KeyPair keys, Instant from, Duration validity, List<String> hosts)
            throws IOException, OperatorCreationException {
        // The hosts are in the alternative names; a common name may only have 64 characters.
        var name = new X500Name("CN=Dokploy self-signed");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
                Date.from(from.minus(LATE)),
                Date.from(from.plus(validity)),
                name,
                keys.getPublic());
        var names = hosts.stream()
                .map(host -> new GeneralName(
                        CertificateHosts.isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    }

    private static String pem(Object value) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        }
        return text.toString();
    }
}
