package io.dokploy.core.git;

import java.net.Proxy;
import java.net.ProxySelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * How http and https leave this machine.
 *
 * @param proxies      which proxy for which address
 * @param extraTrusted certificate authorities that are trusted beside Java's own
 * @param timeout      for connecting, and for each wait for more data
 */
public record HttpSettings(ProxySelector proxies, List<X509Certificate> extraTrusted, Duration timeout) {

    public HttpSettings {
        extraTrusted = List.copyOf(extraTrusted);
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("the timeout must be at least a second");
        }
    }

    /** No proxy, Java's own certificate authorities, 30 seconds. */
    public static HttpSettings defaults() {
        return new HttpSettings(new DirectSelector(), List.of(), Duration.ofSeconds(30));
    }

    /** The same with other proxies. */
    public HttpSettings proxies(ProxySelector selector) {
        return new HttpSettings(selector, extraTrusted, timeout);
    }

    /** The same with further certificate authorities. */
    public HttpSettings extraTrusted(List<X509Certificate> authorities) {
        return new HttpSettings(proxies, authorities, timeout);
    }

    /** The same with another timeout. */
    public HttpSettings timeout(Duration newTimeout) {
        return new HttpSettings(proxies, extraTrusted, newTimeout);
    }

    private static final class DirectSelector extends ProxySelector {
        @Override
        public List<Proxy> select(java.net.URI uri) {
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(java.net.URI uri, java.net.SocketAddress address, java.io.IOException failure) {
            // the caller sees the failure itself
        }
    }
}
