package io.dokploy.benchmarks;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.mysql.MySqlSettings;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A database that is backed up, with data: a third of numbers, a third of hashes, a third of text that repeats itself. */
enum BenchmarkedEngine {
    POSTGRES("postgres:17", PostgresSettings.defaults(), Map.of("max_wal_size", "4GB"), "postgres.sql"),
    MYSQL(
            "mysql:9",
            MySqlSettings.defaults(),
            Map.of("innodb_buffer_pool_size", "1G", "innodb_redo_log_capacity", "1G"),
            "mysql.sql"),
    MARIADB(
            "mariadb:11.8",
            MariaDbSettings.defaults(),
            Map.of("innodb_buffer_pool_size", "1G", "innodb_log_file_size", "1G"),
            "mysql.sql");

    /** The script gives it to the tools. */
    static final String PASSWORD = "of-a-benchmark-4711";

    /** What a row of each table has in a dump. */
    private static final int NUMBERS = 80;

    private static final int HASHES = 108;
    private static final int TEXT = 950;

    private final String image;
    private final PluginSettings settings;
    private final Map<String, String> parameters;
    private final String statements;

    BenchmarkedEngine(String image, PluginSettings settings, Map<String, String> parameters, String statements) {
        this.image = image;
        this.settings = settings;
        this.parameters = parameters;
        this.statements = statements;
    }

    String image() {
        return image;
    }

    DatabaseSpec spec(String name) {
        var spec = DatabaseSpec.named(name, settings).password(Secret.of(PASSWORD));
        parameters.forEach(spec::parameter);
        return spec.build();
    }

    /** That fill its database. */
    String statements(int megabytes) throws IOException {
        long third = megabytes * 1_000_000L / 3;
        try (InputStream stream = BenchmarkedEngine.class.getResourceAsStream(statements)) {
            if (stream == null) {
                throw new IOException("the resource " + statements + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .formatted(third / NUMBERS, third / HASHES, third / TEXT);
        }
    }
}
