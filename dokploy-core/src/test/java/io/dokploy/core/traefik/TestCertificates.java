package io.dokploy.core.traefik;

import io.dokploy.api.value.Secret;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates as users bring them. */
final class TestCertificates {

    /** A certificate with its key, both in PEM. */
    record Pair(String chain, Secret key) {}

    private TestCertificates() {}

    /** One that is valid today. */
    static Pair valid(String... hosts) {
        Instant now = Instant.now();
        return of(keys("EC"), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(90)), hosts);
    }

    static Pair of(KeyPair keys, Instant notBefore, Instant notAfter, String... hosts) {
        try {
            var name = new X500Name("CN=" + hosts[0] + ", O=Test");
            var names = new GeneralNames(List.of(hosts).stream()
                    .map(host -> new GeneralName(GeneralName.dNSName, host))
                    .toArray(GeneralName[]::new));
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(notAfter.toEpochMilli()),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            String algorithm = switch (keys.getPrivate().getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> "Ed25519";
            };
            var certificate = builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()));
            return new Pair(pem(certificate), Secret.of(key(keys)));
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair keys(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (!algorithm.equals("Ed25519")) {
                generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key as OpenSSL writes it: in the older form where there is one. */
    static String key(KeyPair keys) {
        return switch (keys.getPrivate().getAlgorithm()) {
            case "RSA" -> pem(keys.getPrivate());
            case "EC" -> pem(new PemObject("EC PRIVATE KEY", withItsCurve(keys)));
            default -> pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded()));
        };
    }

    private static byte[] withItsCurve(KeyPair keys) {
        try {
            var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
            var key = ECPrivateKey.getInstance(info.parsePrivateKey());
            return new ECPrivateKey(
                            256, key.getKey(), info.getPrivateKeyAlgorithm().getParameters())
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pem(Object value) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
