package io.dokploy.core.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How http and https leave this machine.
 *
 * @param proxies which proxy for which address
 * @param tls     which certificate authorities are trusted, and which certificate of our own is shown
 * @param timeout for connecting, and for each wait for more data
 */
public record HttpSettings(ProxySelector proxies, SSLContext tls, Duration timeout) {

    public HttpSettings {
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("the timeout must be at least a second");
        }
    }

    /** The way that the host's own client goes, with a timeout of 30 seconds. */
    public static HttpSettings of(HttpClient client) {
        return new HttpSettings(client.proxy().orElseGet(Direct::new), client.sslContext(), Duration.ofSeconds(30));
    }

    /** The same with another timeout. */
    public HttpSettings timeout(Duration newTimeout) {
        return new HttpSettings(proxies, tls, newTimeout);
    }

    private static final class Direct extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // the caller sees the failure itself
        }
    }
}
