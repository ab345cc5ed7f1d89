package io.dokploy.database.mysql.support;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.database.DatabaseTls.Demand;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.spi.database.Blueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A server of the family with a certificate. */
final class ServerTls {

    private static final String CERTIFICATE = "/run/dokploy/server.crt";
    private static final String KEY = "/run/dokploy/server.key";
    private static final Set<String> OWN = Set.of("ssl", "skip_ssl", "ssl_cert", "ssl_key", "require_secure_transport");
    /** The user of the server in all of the official images. */
    private static final int MYSQL = 999;

    private ServerTls() {}

    /** Notes parameters that would undo it. */
    static void check(DatabaseSpec spec, Problems problems) {
        spec.parameters()
                .keySet()
                .forEach(name -> problems.require(
                        !OWN.contains(name.replace('-', '_')),
                        "parameters." + name,
                        "is set by the TLS of the published port"));
    }

    /** What comes by the socket, as the tools in the container do, counts as secure. */
    static Blueprint added(Blueprint serving, DatabaseTls tls) {
        var arguments = new ArrayList<>(serving.arguments());
        arguments.addAll(List.of("--ssl-cert=" + CERTIFICATE, "--ssl-key=" + KEY));
        if (tls.demand() == Demand.REQUIRED) {
            arguments.add("--require-secure-transport=ON");
        }
        return serving.arguments(arguments)
                .file(CERTIFICATE, EnvironmentValue.plain(tls.certificate().chain()), 0444)
                .file(new Blueprint.File(KEY, tls.certificate().key(), 0400, MYSQL));
    }
}
