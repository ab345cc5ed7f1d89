package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import io.dokploy.api.route.Tls;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How the server of a published database is reached by TLS. Before it is used it is checked: the key fits, the host is in
 * the certificate, it is not expired. What clients outside are given checks the server by it.
 *
 * @param host        name or IP address under which clients outside reach it; the certificate names it
 * @param certificate of the server. A chain that ends with its own root tells clients whom to trust; for another one they
 *                    need a list of public authorities
 * @param demand      who must use TLS
 */
@Experimental
public record DatabaseTls(String host, Tls.Own certificate, Demand demand) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9._:-]{0,252}");

    /** Who must use TLS. */
    public enum Demand {
        /** Whoever asks for it. Others go on in plain text, from outside too. */
        OFFERED,
        /**
         * Whoever comes over the network, applications of the same environment too: most drivers use TLS by themselves as
         * soon as the server has it, others must be told.
         */
        REQUIRED
    }

    public DatabaseTls {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(demand, "demand");
        Problems.of("TLS of a database")
                .require(HOST.matcher(host).matches(), "host", "must be a host name or an IP address")
                .throwIfAny();
    }

    /** For whoever asks for it. */
    public static DatabaseTls offered(String host, Tls.Own certificate) {
        return new DatabaseTls(host, certificate, Demand.OFFERED);
    }

    /** For all who come over the network. */
    public static DatabaseTls required(String host, Tls.Own certificate) {
        return new DatabaseTls(host, certificate, Demand.REQUIRED);
    }
}
