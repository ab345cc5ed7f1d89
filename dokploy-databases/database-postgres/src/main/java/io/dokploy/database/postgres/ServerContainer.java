package io.dokploy.database.postgres;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the container of a server is made. */
final class ServerContainer {

    static final int PORT = 5432;

    /** From here on the image keeps data below a folder of the version. */
    private static final int WITH_VERSIONED_DATA = 18;

    private static final String PASSWORD_FILE = "/run/dokploy/postgres-password";
    private static final String INIT_FOLDER = "/docker-entrypoint-initdb.d/";

    private static final Map<String, String> LOADING = new TreeMap<>(Map.of(
            "wal_level", "minimal",
            "max_wal_senders", "0",
            "archive_mode", "off",
            "synchronous_commit", "off",
            "autovacuum", "off",
            "max_wal_size", "4GB",
            "checkpoint_timeout", "1h"));

    private ServerContainer() {}

    /** Where the image of that major version has its volume. */
    static String volumeAt(int major) {
        return major >= WITH_VERSIONED_DATA ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
    }

    /** Where the data lies in it. */
    static String dataAt(int major) {
        return volumeAt(major) + (major >= WITH_VERSIONED_DATA ? "/" + major + "/docker" : "");
    }

    /** @param volume where the volume is mounted */
    static Blueprint of(DatabaseSpec spec, String volume, Login login) {
        var blueprint = Blueprint.of(
                        volume,
                        PORT,
                        // By TCP: while the image makes the data directory, its server listens on a socket only.
                        Psql.tool(login, "psql", "-X", "-q", "-h", "127.0.0.1", "-c", "SELECT 1"))
                .environment("POSTGRES_USER", EnvironmentValue.plain(login.user()))
                .environment("POSTGRES_DB", EnvironmentValue.plain(login.database()))
                .environment("POSTGRES_PASSWORD_FILE", EnvironmentValue.plain(PASSWORD_FILE))
                .file(PASSWORD_FILE, login.password(), 0444)
                .stopSignal("SIGINT")
                .arguments(arguments(spec));
        var extensions = PostgresSettings.read(spec.engine()).extensions();
        if (!extensions.isEmpty()) {
            var sql = new StringBuilder();
            extensions.forEach(name ->
                    sql.append("CREATE EXTENSION IF NOT EXISTS \"").append(name).append("\";\n"));
            blueprint = blueprint.file(INIT_FOLDER + "00-extensions.sql", EnvironmentValue.plain(sql.toString()), 0444);
        }
        for (var script : spec.initScripts()) {
            blueprint = blueprint.file(INIT_FOLDER + script.name(), EnvironmentValue.plain(script.content()), 0444);
        }
        return blueprint;
    }

    /** A quarter of the memory for shared buffers, as PostgreSQL's documentation advises; what the user says wins. */
    private static List<String> arguments(DatabaseSpec spec) {
        var arguments = new ArrayList<>(List.of("postgres"));
        spec.resources()
                .memory()
                .filter(memory -> !spec.parameters().containsKey("shared_buffers"))
                .ifPresent(memory -> arguments.addAll(List.of("-c", "shared_buffers=" + quarter(memory) + "kB")));
        spec.parameters().forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }

    private static long quarter(ByteSize memory) {
        return Math.max(memory.bytes() / 4 / 1024, 128);
    }

    /** Nothing is replicated from what is being loaded, and it is thrown away if the engine dies. */
    static Blueprint forLoading(Blueprint serving) {
        var arguments = new ArrayList<>(serving.arguments());
        LOADING.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return serving.arguments(arguments);
    }
}
