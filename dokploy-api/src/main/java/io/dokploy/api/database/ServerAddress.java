package io.dokploy.api.database;

import io.dokploy.api.Experimental;
import io.dokploy.api.error.Problems;
import java.util.regex.Pattern;

/**
 * Where a database server listens that was not provisioned here.
 *
 * @param host name or IP address, as containers of the environment reach it
 * @param port number
 */
@Experimental
public record ServerAddress(String host, int port) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9._:-]{0,252}");

    public ServerAddress {
        Problems.of("server address")
                .require(HOST.matcher(host).matches(), "host", "must be a host name or an IP address")
                .require(port >= 1 && port <= 65535, "port", "must be between 1 and 65535")
                .throwIfAny();
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
