package io.dokploy.core.certificate;

import io.dokploy.api.route.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Looks at a certificate with its key, as a user gives them, before a server gets them. */
public final class GivenCertificate {

    private static final String CHAIN_REMEDY = "Give it in PEM, its own certificate first.";
    private static final String KEY_REMEDY = "Give it in PEM without a passphrase: PKCS#8, or the older forms.";

    private final Tls.Own own;
    private final List<Flaw> flaws = new ArrayList<>();

    private GivenCertificate(Tls.Own own) {
        this.own = own;
    }

    /**
     * Why it cannot be used.
     *
     * @param reason what is wrong
     * @param remedy what to do
     */
    public record Flaw(String reason, String remedy) {}

    /** All that is wrong with it for a server of those hosts, in lower case. */
    public static List<Flaw> flaws(Tls.Own own, List<String> hosts, Instant now) {
        var given = new GivenCertificate(own);
        given.look(hosts, now);
        return List.copyOf(given.flaws);
    }

    /** In PEM, the root that its chain ends with; empty if the chain does not have its root, as those of public authorities. */
    public static Optional<String> rootOf(Tls.Own own) {
        try {
            var chain = read(own.chain());
            return chain.isEmpty()
                    ? Optional.empty()
                    : Optional.of(chain.get(chain.size() - 1))
                            .filter(GivenCertificate::isRoot)
                            .map(GivenCertificate::pem);
        } catch (CertificateException e) {
            return Optional.empty(); // one that was refused
        }
    }

    /** Whether that text has certificates in PEM, and all of it can be read. */
    public static boolean isReadable(String pem) {
        try {
            return !read(pem).isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }

    private static boolean isRoot(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static String pem(X509Certificate certificate) {
        try {
            var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("It was just read", e);
        }
    }

    private void look(List<String> hosts, Instant now) {
        lookAtKey(lookAtChain(hosts, now));
    }

    private Optional<PublicKey> lookAtChain(List<String> hosts, Instant now) {
        List<X509Certificate> chain;
        try {
            chain = read(own.chain());
        } catch (CertificateException e) {
            note("it cannot be read: " + e.getMessage(), CHAIN_REMEDY);
            return Optional.empty();
        }
        if (chain.isEmpty()) {
            note("there is no certificate in it", CHAIN_REMEDY);
            return Optional.empty();
        }
        X509Certificate leaf = chain.get(0);
        lookAtTime(leaf, now);
        for (String host : hosts) {
            if (!CertificateHosts.match(leaf, host)) {
                note(
                        "it is not for the host " + host + " but for " + CertificateHosts.of(leaf),
                        "Get a certificate that names " + host + ".");
            }
        }
        lookAtOrder(chain);
        return Optional.of(leaf.getPublicKey());
    }

    private static List<X509Certificate> read(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private void lookAtTime(X509Certificate leaf, Instant now) {
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            note("it expired at " + leaf.getNotAfter().toInstant(), "Renew it, or let another one be made.");
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            note(
                    "it is not valid before " + leaf.getNotBefore().toInstant(),
                    "Wait until then, and see that the clock of this machine is right.");
        }
    }

    private void lookAtOrder(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                note(
                        "certificate " + (i + 1) + " of the chain ("
                                + chain.get(i).getSubjectX500Principal() + ") did not issue the one before it",
                        "Put the certificate first, then each issuer in turn.");
            }
        }
    }

    private void lookAtKey(Optional<PublicKey> certified) {
        var key = key();
        if (key.isPresent() && certified.isPresent() && !isPair(key.get(), certified.get())) {
            note("the private key is not the one of this certificate", "Give the key that it was made with.");
        }
    }

    private static boolean isPair(PrivateKey key, PublicKey publicKey) {
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
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a key of another kind
        }
    }

    private Optional<PrivateKey> key() {
        try (var parser = new PEMParser(new StringReader(own.key().reveal()))) {
            var converter = new JcaPEMKeyConverter();
            Object parsed = parser.readObject();
            while (parsed != null) {
                if (parsed instanceof PEMKeyPair pair) {
                    return Optional.of(converter.getPrivateKey(pair.getPrivateKeyInfo()));
                }
                if (parsed instanceof PrivateKeyInfo info) {
                    return Optional.of(converter.getPrivateKey(info));
                }
                if (parsed instanceof PKCS8EncryptedPrivateKeyInfo || parsed instanceof PEMEncryptedKeyPair) {
                    note("its private key is encrypted", KEY_REMEDY);
                    return Optional.empty();
                }
                parsed = parser.readObject(); // EC keys come with their parameters first
            }
        } catch (IOException | RuntimeException e) {
            // falls through: what the parser says could quote the key
        }
        note("its private key cannot be read", KEY_REMEDY);
        return Optional.empty();
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private void note(String reason, String remedy) {
        flaws.add(new Flaw(reason, remedy));
    }
}
