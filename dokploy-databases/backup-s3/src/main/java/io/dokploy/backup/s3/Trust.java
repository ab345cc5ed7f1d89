package io.dokploy.backup.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates a server may have. */
final class Trust {

    private Trust() {}

    static boolean isPem(String text) {
        try {
            certificates(text);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
        var certificates = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        return certificates;
    }

    /** Trusts those authorities and the JVM's. */
    static SSLContext with(String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates(pem)) {
                store.setCertificateEntry("own-" + number++, certificate);
            }
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager jvm) {
                    for (X509Certificate certificate : jvm.getAcceptedIssuers()) {
                        store.setCertificateEntry("jvm-" + number++, certificate);
                    }
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificates were read when the settings were made", e);
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
