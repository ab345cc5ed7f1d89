package io.dokploy.core.traefik;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** For which hosts a certificate is: its DNS names, where a star stands for one label (RFC 6125). */
final class CertificateHosts {

    private static final int DNS_NAME = 2;

    private CertificateHosts() {}

    static boolean match(X509Certificate certificate, String host) {
        return of(certificate).stream().anyMatch(name -> matches(name.toLowerCase(Locale.ROOT), host));
    }

    static List<String> of(X509Certificate certificate) {
        var names = new ArrayList<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0).equals(DNS_NAME) && alternative.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return List.of(); // a certificate whose names nobody can read is for nobody
        }
        return List.copyOf(names);
    }

    private static boolean matches(String name, String host) {
        if (!name.startsWith("*.")) {
            return name.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot + 1).equals(name.substring(2));
    }
}
