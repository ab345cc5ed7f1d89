package io.dokploy.core.git;

import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.core.tree.SafePath;
import io.dokploy.core.tree.TreeHash;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/** Where a repository is. The text holds no credentials. */
record GitAddress(String url, URIish uri) {

    private static final List<String> SCHEMES = List.of("https", "http", "ssh", "file");

    /** {@code ext::sh -c …}: Git would start a program. */
    private static final Pattern REMOTE_HELPER = Pattern.compile("[A-Za-z0-9+._-]*::");

    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

    static GitAddress of(String url) {
        try {
            URIish uri = new URIish(url);
            if (url.startsWith("-")
                    || REMOTE_HELPER.matcher(url).lookingAt()
                    || url.chars().anyMatch(Character::isISOControl)
                    || !SCHEMES.contains(scheme(uri))
                    || uri.getPass() != null
                    || uri.getUser() != null && !scheme(uri).equals("ssh")
                    || uri.getHost() == null && !scheme(uri).equals("file")
                    || startsLikeAnOption(uri.getHost())
                    || startsLikeAnOption(uri.getUser())) {
                throw unsafe(url);
            }
            return new GitAddress(url, uri);
        } catch (URISyntaxException e) {
            throw unsafe(url);
        }
    }

    /** The address that a submodule of this one names: a full one, or one that begins with ./ or ../. */
    GitAddress submodule(String named) {
        if (!named.startsWith("./") && !named.startsWith("../")) {
            GitAddress address = of(named);
            if (address.isFile() && !isFile()) {
                throw unsafe(named);
            }
            return address;
        }
        String base = url.replaceAll("/+$", "");
        String rest = named;
        while (rest.startsWith("./") || rest.startsWith("../")) {
            boolean up = rest.startsWith("../");
            rest = rest.substring(up ? 3 : 2);
            if (up) {
                int cut = Math.max(base.lastIndexOf('/'), url.contains("://") ? -1 : base.lastIndexOf(':'));
                if (cut <= base.indexOf("://") + 2) {
                    throw unsafe(named);
                }
                base = base.substring(0, base.charAt(cut) == ':' ? cut + 1 : cut);
            }
        }
        return of(base.endsWith(":") ? base + rest : base + "/" + rest);
    }

    String scheme() {
        return scheme(uri);
    }

    String host() {
        return host(uri);
    }

    int port() {
        return port(uri);
    }

    boolean isFile() {
        return scheme().equals("file");
    }

    boolean isSsh() {
        return scheme().equals("ssh");
    }

    boolean isHttp() {
        return scheme().equals("http") || scheme().equals("https");
    }

    /** Whether credentials for this one may be shown there. */
    boolean isHostOf(URIish other) {
        return scheme().equals(scheme(other)) && host().equals(host(other)) && port() == port(other);
    }

    /** A name for a folder that is its own alone. */
    String folderName() {
        return hash(url);
    }

    static String hash(String text) {
        byte[] digest = TreeHash.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16);
    }

    static int port(URIish uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return switch (scheme(uri)) {
            case "https" -> 443;
            case "http" -> 80;
            case "ssh" -> 22;
            default -> -1;
        };
    }

    private static String host(URIish uri) {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static String scheme(URIish uri) {
        if (uri.getScheme() != null) {
            return uri.getScheme();
        }
        return uri.getHost() != null ? "ssh" : "none";
    }

    private static boolean startsLikeAnOption(@org.jspecify.annotations.Nullable String part) {
        return part != null && part.startsWith("-");
    }

    private static UnsafeSourceException unsafe(String url) {
        return new UnsafeSourceException(
                "repository address \"" + SafePath.shown(USER_INFO.matcher(url).replaceAll("//…@")) + "\"",
                "is not one that may be fetched from",
                "Use https://, http://, ssh:// or user@host:path, without credentials.");
    }
}
