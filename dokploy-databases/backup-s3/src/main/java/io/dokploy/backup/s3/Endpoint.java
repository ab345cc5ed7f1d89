package io.dokploy.backup.s3;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** The address of a server. */
final class Endpoint {

    private Endpoint() {}

    static boolean isOne(String text) {
        try {
            URI address = URI.create(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            String path = String.valueOf(address.getRawPath());
            return Set.of("http", "https").contains(scheme)
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && Set.of("", "/").contains(path);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
