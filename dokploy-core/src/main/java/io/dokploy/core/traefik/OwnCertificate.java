package io.dokploy.core.traefik;

import io.dokploy.api.error.CertificateException;
import io.dokploy.api.route.Domain;
import io.dokploy.api.route.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Checks the certificate that a user gives for a domain, before Traefik gets it. */
final class OwnCertificate {

    private static final String KEY_REMEDY = "Give it in PEM without a passphrase: PKCS#8, or the older forms.";

    private final String subject;
    private final Domain domain;
    private final Tls.Own own;

    private OwnCertificate(Domain domain, Tls.Own own) {
        this.subject = "certificate of " + domain.host();
        this.domain = domain;
        this.own = own;
    }

    /** @throws CertificateException saying what does not fit */
    static void check(Domain domain, Tls.Own own, Instant now) {
        new OwnCertificate(domain, own).check(now);
    }

    private void check(Instant now) {
        List<X509Certificate> chain = chain();
        X509Certificate leaf = chain.get(0);
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            throw problem(
                    "it expired at " + leaf.getNotAfter().toInstant(),
                    "Renew it, or let Let's Encrypt make one: Tls.letsEncrypt().");
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            throw problem(
                    "it is not valid before " + leaf.getNotBefore().toInstant(),
                    "Wait until then, and see that the clock of this machine is right.");
        }
        for (String host : domain.hosts()) {
            if (!CertificateHosts.match(leaf, host)) {
                throw problem(
                        "it is not for the host " + host + " but for " + CertificateHosts.of(leaf),
                        "Get a certificate that names " + host + ".");
            }
        }
        checkOrder(chain);
        checkKey(leaf.getPublicKey());
    }

    private List<X509Certificate> chain() {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(own.chain().getBytes(StandardCharsets.UTF_8)));
            if (found.isEmpty()) {
                throw problem("there is no certificate in it", "Give it in PEM, its own certificate first.");
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (java.security.cert.CertificateException e) {
            throw problem("it cannot be read: " + e.getMessage(), "Give it in PEM, its own certificate first.");
        }
    }

    private void checkOrder(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw problem(
                        "certificate " + (i + 1) + " of the chain ("
                                + chain.get(i).getSubjectX500Principal() + ") did not issue the one before it",
                        "Put the certificate first, then each issuer in turn.");
            }
        }
    }

    private void checkKey(PublicKey publicKey) {
        PrivateKey key = key();
        try {
            byte[] text = "does this key belong to that certificate?".getBytes(StandardCharsets.US_ASCII);
            String algorithm = algorithm(publicKey);
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(text);
            byte[] signature = signer.sign();
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(text);
            if (!verifier.verify(signature)) {
                throw notItsKey();
            }
        } catch (GeneralSecurityException e) {
            throw notItsKey();
        }
    }

    private PrivateKey key() {
        try (var parser = new PEMParser(new StringReader(own.key().reveal()))) {
            var converter = new JcaPEMKeyConverter();
            Object parsed = parser.readObject();
            while (parsed != null) {
                if (parsed instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (parsed instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
                if (parsed instanceof PKCS8EncryptedPrivateKeyInfo || parsed instanceof PEMEncryptedKeyPair) {
                    throw problem("its private key is encrypted", KEY_REMEDY);
                }
                parsed = parser.readObject(); // EC keys come with their parameters first
            }
        } catch (CertificateException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // falls through: what the parser says could quote the key
        }
        throw problem("its private key cannot be read", KEY_REMEDY);
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private CertificateException notItsKey() {
        return problem("the private key is not the one of this certificate", "Give the key that it was made with.");
    }

    private CertificateException problem(String reason, String remedy) {
        return new CertificateException(subject, reason, remedy);
    }
}
