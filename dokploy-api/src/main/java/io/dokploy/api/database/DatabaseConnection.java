package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.value.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a program reaches a database.
 *
 * @param host          name or address
 * @param port          number
 * @param user          who logs in; empty where the engine has no users
 * @param password      their password
 * @param database      the database, or its number where they have numbers
 * @param url           all of it in one, as drivers of most languages take it: {@code postgresql://user:password@host:5432/app}
 * @param jdbcUrl       the same for JDBC, without user and password, where there is such a driver
 * @param caCertificate in PEM, what vouches for the server's certificate, if the URLs ask to verify it; a client is given
 *                      it in a file. Empty: nothing is verified, or by a list of public authorities
 */
@Experimental
public record DatabaseConnection(
        String host,
        int port,
        String user,
        Secret password,
        String database,
        Secret url,
        Optional<String> jdbcUrl,
        Optional<String> caCertificate) {

    /** One that verifies nothing. */
    public DatabaseConnection(
            String host,
            int port,
            String user,
            Secret password,
            String database,
            Secret url,
            Optional<String> jdbcUrl) {
        this(host, port, user, password, database, url, jdbcUrl, Optional.empty());
    }

    /**
     * One whose URL is {@code scheme://user:password@host:port/database}, with the password percent-encoded and an IPv6
     * address in brackets. Without a JDBC URL.
     */
    public static DatabaseConnection of(
            String scheme, String host, int port, String user, Secret password, String database) {
        var encoded =
                URLEncoder.encode(password.reveal(), StandardCharsets.UTF_8).replace("+", "%20");
        var url = Secret.of(scheme + "://" + user + ":" + encoded + "@" + place(host, port) + "/" + database);
        return new DatabaseConnection(host, port, user, password, database, url, Optional.empty());
    }

    /** The same with the JDBC URL {@code jdbc:protocol://host:port/database}. */
    public DatabaseConnection jdbc(String protocol) {
        return jdbcUrl(Optional.of("jdbc:" + protocol + "://" + place(host, port) + "/" + database));
    }

    /** The same with {@code ?query} behind its URL. */
    public DatabaseConnection query(String query) {
        var longer = Secret.of(url.reveal() + "?" + query);
        return new DatabaseConnection(host, port, user, password, database, longer, jdbcUrl, caCertificate);
    }

    /** The same with {@code ?query} behind its JDBC URL, if it has one. */
    public DatabaseConnection jdbcQuery(String query) {
        return jdbcUrl(jdbcUrl.map(jdbc -> jdbc + "?" + query));
    }

    /** The same with what vouches for the server's certificate, in PEM. */
    public DatabaseConnection verifiedBy(String pem) {
        return new DatabaseConnection(host, port, user, password, database, url, jdbcUrl, Optional.of(pem));
    }

    private DatabaseConnection jdbcUrl(Optional<String> jdbc) {
        return new DatabaseConnection(host, port, user, password, database, url, jdbc, caCertificate);
    }

    private static String place(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
