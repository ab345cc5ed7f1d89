package io.dokploy.core.git;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HttpsURLConnection;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * JGit's connections with our proxy and our trust; all that are open can be cut, which ends a blocked read at once. JGit
 * takes an Authorization along when it is redirected: here it goes to the repository's own host alone.
 */
final class HttpConnections implements HttpConnectionFactory {

    private final HttpSettings settings;
    private final GitAddress address;
    private final Set<HttpURLConnection> open = ConcurrentHashMap.newKeySet();

    HttpConnections(HttpSettings settings, GitAddress address) {
        this.settings = settings;
        this.address = address;
    }

    /** Breaks off whatever is going on. */
    void cut() {
        open.forEach(HttpURLConnection::disconnect);
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy ignored) throws IOException {
        return new Connection(url, proxyFor(url), address.isHostOf(new URIish(url)));
    }

    private Proxy proxyFor(URL url) throws IOException {
        try {
            URI target = new URI(url.getProtocol(), null, url.getHost(), url.getPort(), url.getPath(), null, null);
            var proxies = settings.proxies().select(target);
            return proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
        } catch (URISyntaxException e) {
            throw new IOException("not an address: " + url, e);
        }
    }

    private final class Connection extends JDKHttpConnection {
        private final boolean ownHost;

        Connection(URL url, Proxy proxy, boolean ownHost) throws IOException {
            super(new URL(null, url.toExternalForm(), new Handler()), proxy);
            this.ownHost = ownHost;
        }

        @Override
        public void setRequestProperty(String key, String value) {
            if (ownHost || !key.equalsIgnoreCase("Authorization")) {
                super.setRequestProperty(key, value);
            }
        }
    }

    /** Where JGit would open an ordinary connection, this prepares it and remembers it. */
    private final class Handler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            return openConnection(url, Proxy.NO_PROXY);
        }

        @Override
        protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
            var connection = (HttpURLConnection) new URL(url.toExternalForm()).openConnection(proxy);
            if (connection instanceof HttpsURLConnection https) {
                https.setSSLSocketFactory(settings.tls().getSocketFactory());
            }
            open.add(connection);
            return connection;
        }
    }
}
