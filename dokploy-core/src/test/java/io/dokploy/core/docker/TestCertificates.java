package io.dokploy.core.docker;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, and directories with ca.pem, cert.pem and key.pem of those whom it knows. */
final class TestCertificates {

    private final KeyPair keys = keys();
    private final X500Name name = new X500Name("CN=authority of a test");
    private final X509Certificate authority = sign(name, keys, Optional.empty());
    private int number;

    /** A certificate for an IP address: of the engine, or of a client, for whom the address means nothing. */
    Path issue(Path directory, String address) throws IOException {
        var own = keys();
        Files.createDirectories(directory);
        write(directory.resolve("ca.pem"), authority);
        write(
                directory.resolve("cert.pem"),
                sign(new X500Name("CN=" + address), own, Optional.of(new GeneralName(GeneralName.iPAddress, address))));
        write(directory.resolve("key.pem"), own.getPrivate());
        return directory;
    }

    private X509Certificate sign(X500Name subject, KeyPair subjectKeys, Optional<GeneralName> address) {
        try {
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(++number),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(Duration.ofDays(1))),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(address.isEmpty()));
            if (address.isPresent()) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(address.get()));
            }
            var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, Object value) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        }
        Files.writeString(file, text.toString());
    }
}
