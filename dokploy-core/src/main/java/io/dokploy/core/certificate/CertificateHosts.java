package io.dokploy.core.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** For which hosts a certificate is: its DNS names, where a star stands for one label (RFC 6125), and its IP addresses. */
public final class CertificateHosts {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    /** What is never asked of a DNS server. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private CertificateHosts() {}

    /** Whether it is for that host, in lower case. */
    public static boolean match(X509Certificate certificate, String host) {
        return of(certificate).stream().anyMatch(name -> matches(name.toLowerCase(Locale.ROOT), host));
    }

    /** Whether that is an IP address and no name. */
    public static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    /** Its names, as it says them. */
    public static List<String> of(X509Certificate certificate) {
        var names = new ArrayList<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    boolean isHost = alternative.get(0).equals(DNS_NAME)
                            || alternative.get(0).equals(IP_ADDRESS);
                    if (isHost && alternative.get(1) instanceof String name) {
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
        if (isAddress(host)) {
            return isAddress(name) && sameAddress(name, host);
        }
        if (!name.startsWith("*.")) {
            return name.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot + 1).equals(name.substring(2));
    }

    /** An IPv6 address can be written in several ways. */
    private static boolean sameAddress(String one, String other) {
        try {
            return InetAddress.getByName(one).equals(InetAddress.getByName(other));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
