package io.dokploy.api.route;

import io.dokploy.api.error.Problems;
import java.net.IDN;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A host (and path) under which an application is served.
 *
 * @param host         a DNS name, stored as punycode in lower case; {@code *.example.com} is not allowed
 * @param path         the prefix of the paths that belong here, default {@code /}
 * @param stripPath    whether {@code path} is taken away before the request is passed on, default no
 * @param internalPath put in front of the path that is passed on, default {@code /} (nothing)
 * @param port         of the application inside its container, default 3000
 * @param tls          how HTTPS is served, or {@link Tls#none()}
 * @param httpsRedirect whether HTTP is redirected to HTTPS; default yes where there is HTTPS
 * @param www          whether {@code www.} is redirected to the host or the other way round
 * @param redirects    redirect rules, in order
 * @param basicAuth    users that may enter; empty: everybody
 * @param allowedIps   addresses or CIDR ranges that may enter; empty: all
 * @param rateLimit    requests per second by client address, if limited
 * @param compression  whether answers are compressed, default no
 * @param securityHeaders whether the usual security headers are added, default no
 * @param stickySessions  whether a client stays with one replica by a cookie, default no
 * @param middlewares  further middlewares by the router's own name: {@code my-auth@file}
 */
public record Domain(
        String host,
        String path,
        boolean stripPath,
        String internalPath,
        int port,
        Tls tls,
        boolean httpsRedirect,
        WwwRedirect www,
        List<RedirectRule> redirects,
        List<BasicAuthUser> basicAuth,
        List<String> allowedIps,
        Optional<RateLimit> rateLimit,
        boolean compression,
        boolean securityHeaders,
        boolean stickySessions,
        List<String> middlewares) {

    /** Which of {@code example.com} and {@code www.example.com} is redirected to the other. */
    public enum WwwRedirect {
        /** Neither; only the given host is served. The default. */
        NONE,
        /** {@code www.HOST} goes to {@code HOST}. */
        TO_BARE,
        /** {@code HOST} goes to {@code www.HOST}. */
        TO_WWW
    }

    /** The port of an application that says nothing else. */
    public static final int DEFAULT_PORT = 3000;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^`%?#]]*");
    private static final Pattern MIDDLEWARE = Pattern.compile("[A-Za-z0-9_.-]+(@[a-z]+)?");
    private static final Pattern ADDRESS_IN_NAME = Pattern.compile("(^|-)\\d{1,3}(-\\d{1,3}){3}(-|$)");

    public Domain {
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(www, "www");
        redirects = List.copyOf(redirects);
        basicAuth = List.copyOf(basicAuth);
        allowedIps = List.copyOf(allowedIps);
        middlewares = List.copyOf(middlewares);
        var problems = Problems.of("domain \"" + host + "\"");
        String ascii = toAscii(host);
        problems.require(isHostName(ascii), "host", "must be a DNS name such as shop.example.com");
        checkPath(problems, "path", path);
        checkPath(problems, "internalPath", internalPath);
        problems.require(port >= 1 && port <= 65535, "port", "must be between 1 and 65535");
        for (String range : allowedIps) {
            problems.require(
                    AddressRange.isOne(range), "allowedIps", "\"" + range + "\" is not an address or CIDR range");
        }
        for (String name : middlewares) {
            problems.require(
                    MIDDLEWARE.matcher(name).matches(), "middlewares", "\"" + name + "\" is not a middleware name");
        }
        problems.throwIfAny();
        host = ascii;
    }

    /** The host with all defaults: every path, port 3000, plain HTTP. */
    public static Domain of(String host) {
        return new Domain(
                host,
                "/",
                false,
                "/",
                DEFAULT_PORT,
                Tls.none(),
                true,
                WwwRedirect.NONE,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                false,
                false,
                List.of());
    }

    /**
     * A host for those who have none, under which {@code sslip.io} (a public service) finds the server:
     * {@code NAME.203-0-113-7.sslip.io}. All else as in {@link #of(String)}.
     *
     * @param name    letters, digits and dashes, for example the application's name
     * @param address of the server as browsers reach it
     */
    public static Domain generated(String name, InetAddress address) {
        Problems.of("generated domain for \"" + name + "\"")
                .require(LABEL.matcher(name).matches(), "name", "must be lower case letters, digits or dashes")
                .require(!ADDRESS_IN_NAME.matcher(name).find(), "name", "must not hold what looks like an address")
                .throwIfAny();
        return of(name + "." + address.getHostAddress().replaceAll("[.:]", "-").replaceFirst("%.*", "") + ".sslip.io");
    }

    /** The same for another port of the container. */
    public Domain port(int newPort) {
        return with(draft -> draft.port = newPort);
    }

    /** The same, for paths that begin with {@code newPath} only. */
    public Domain path(String newPath) {
        return with(draft -> draft.path = newPath);
    }

    /** The same; the path is taken away before a request is passed on. */
    public Domain strippingPath() {
        return with(draft -> draft.stripPath = true);
    }

    /** The same; {@code newInternalPath} is put before the path that is passed on. */
    public Domain internalPath(String newInternalPath) {
        return with(draft -> draft.internalPath = newInternalPath);
    }

    /** The same with HTTPS, and HTTP redirected to it. */
    public Domain https(Tls newTls) {
        return with(draft -> draft.tls = newTls);
    }

    /** The same; plain HTTP is served as well and not redirected. */
    public Domain withoutHttpsRedirect() {
        return with(draft -> draft.httpsRedirect = false);
    }

    /** The same with a redirect between the host and its {@code www.} form. */
    public Domain www(WwwRedirect newWww) {
        return with(draft -> draft.www = newWww);
    }

    /** The same with redirect rules. */
    public Domain redirects(List<RedirectRule> rules) {
        return with(draft -> draft.redirects = rules);
    }

    /** The same for the given users only. */
    public Domain basicAuth(List<BasicAuthUser> users) {
        return with(draft -> draft.basicAuth = users);
    }

    /** The same for the given addresses and ranges only. */
    public Domain allowedIps(List<String> ranges) {
        return with(draft -> draft.allowedIps = ranges);
    }

    /** The same with a limit of requests. */
    public Domain rateLimit(RateLimit limit) {
        return with(draft -> draft.rateLimit = Optional.of(limit));
    }

    /** The same with compressed answers. */
    public Domain compressed() {
        return with(draft -> draft.compression = true);
    }

    /** The same with the usual security headers on each answer. */
    public Domain withSecurityHeaders() {
        return with(draft -> draft.securityHeaders = true);
    }

    /** The same; each client stays with one replica. */
    public Domain withStickySessions() {
        return with(draft -> draft.stickySessions = true);
    }

    /** The same with further middlewares of the router, by name. */
    public Domain middlewares(List<String> names) {
        return with(draft -> draft.middlewares = names);
    }

    /** The address to open in a browser, without the router's port. */
    public String url() {
        return (tls instanceof Tls.None ? "http://" : "https://") + host + path;
    }

    /** True if both claim the same host and path. */
    public boolean collidesWith(Domain other) {
        return hosts().stream().anyMatch(other.hosts()::contains) && path.equals(other.path);
    }

    /** The hosts that are served or redirected: one, or two with a {@code www} redirect. */
    public List<String> hosts() {
        return www == WwwRedirect.NONE ? List.of(host) : List.of(host, "www." + host);
    }

    private static String toAscii(String host) {
        try {
            return IDN.toASCII(host.strip(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean isHostName(String name) {
        return !name.isEmpty()
                && name.length() <= 253
                && List.of(name.split("\\.", -1)).stream()
                        .allMatch(label -> LABEL.matcher(label).matches());
    }

    private static void checkPath(Problems problems, String field, String path) {
        problems.require(
                PATH.matcher(path).matches() && path.length() <= 500,
                field,
                "must begin with / and hold only visible ASCII characters, none of ` % ? #");
    }

    private Domain with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.toDomain();
    }

    /** The fields, open for one change. */
    private static final class Draft {
        private String host;
        private String path;
        private boolean stripPath;
        private String internalPath;
        private int port;
        private Tls tls;
        private boolean httpsRedirect;
        private WwwRedirect www;
        private List<RedirectRule> redirects;
        private List<BasicAuthUser> basicAuth;
        private List<String> allowedIps;
        private Optional<RateLimit> rateLimit;
        private boolean compression;
        private boolean securityHeaders;
        private boolean stickySessions;
        private List<String> middlewares;

        private Draft(Domain domain) {
            host = domain.host;
            path = domain.path;
            stripPath = domain.stripPath;
            internalPath = domain.internalPath;
            port = domain.port;
            tls = domain.tls;
            httpsRedirect = domain.httpsRedirect;
            www = domain.www;
            redirects = domain.redirects;
            basicAuth = domain.basicAuth;
            allowedIps = domain.allowedIps;
            rateLimit = domain.rateLimit;
            compression = domain.compression;
            securityHeaders = domain.securityHeaders;
            stickySessions = domain.stickySessions;
            middlewares = domain.middlewares;
        }

        private Domain toDomain() {
            return new Domain(
                    host,
                    path,
                    stripPath,
                    internalPath,
                    port,
                    tls,
                    httpsRedirect,
                    www,
                    redirects,
                    basicAuth,
                    allowedIps,
                    rateLimit,
                    compression,
                    securityHeaders,
                    stickySessions,
                    middlewares);
        }
    }
}
