package io.dokploy.database.postgres;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.database.DatabaseTls.Demand;
import io.dokploy.api.error.Problems;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.spi.database.Blueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** PostgreSQL's server with a certificate. */
final class ServerTls {

    /** For libpq, what follows its example, and pgJDBC. */
    static final String VERIFYING = "sslmode=verify-full";

    private static final String CERTIFICATE = "/run/dokploy/server.crt";
    private static final String KEY = "/run/dokploy/server.key";
    private static final String RULES = "/run/dokploy/pg_hba.conf";
    private static final Set<String> OWN = Set.of("ssl", "ssl_cert_file", "ssl_key_file", "hba_file");

    /**
     * The server reads its key only if it belongs to it, and the number of its user is not the same in all images. They run
     * what is no option of the server as root, and are called again by it.
     */
    private static final List<String> OWNING =
            List.of("sh", "-c", "chown postgres " + KEY + " && exec docker-entrypoint.sh \"$@\"", "with-tls");

    /** As the image writes it, but for those who come over the network; replication is for who has that right. */
    private static final String ONLY_TLS = """
            local    all          all               trust
            local    replication  all               trust
            host     all          all  127.0.0.1/32 trust
            host     all          all  ::1/128      trust
            host     replication  all  127.0.0.1/32 trust
            host     replication  all  ::1/128      trust
            hostssl  all          all  all          scram-sha-256
            hostssl  replication  all  all          scram-sha-256
            """;

    private ServerTls() {}

    /** Notes parameters that would undo it. */
    static void check(DatabaseSpec spec, Problems problems) {
        spec.parameters()
                .keySet()
                .forEach(name -> problems.require(
                        !OWN.contains(name), "parameters." + name, "is set by the TLS of the published port"));
    }

    static Blueprint added(Blueprint serving, DatabaseTls tls) {
        var arguments = new ArrayList<>(OWNING);
        arguments.addAll(serving.arguments());
        arguments.addAll(List.of("-c", "ssl=on", "-c", "ssl_cert_file=" + CERTIFICATE, "-c", "ssl_key_file=" + KEY));
        var ready = serving.ready().with("PGSSLMODE", EnvironmentValue.plain("require"));
        var server = serving.ready(ready)
                .file(CERTIFICATE, EnvironmentValue.plain(tls.certificate().chain()), 0444)
                .file(KEY, tls.certificate().key(), 0600);
        if (tls.demand() == Demand.REQUIRED) {
            arguments.addAll(List.of("-c", "hba_file=" + RULES));
            server = server.file(RULES, EnvironmentValue.plain(ONLY_TLS), 0444);
        }
        return server.arguments(arguments);
    }
}
