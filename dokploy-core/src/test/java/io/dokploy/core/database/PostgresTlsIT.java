package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Databases;
import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.route.Tls;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.core.FreePort;
import io.dokploy.core.SelfSignedCertificate;
import io.dokploy.database.postgres.PostgresSettings;
import io.dokploy.database.redis.RedisSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is published by TLS, seen from outside. */
class PostgresTlsIT {

    private static final String IS_ENCRYPTED = "SELECT 'encrypted', ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    private static final Tls.Own STRANGER = selfSigned();

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() throws IOException {
        site = new DatabaseSite(Files.createDirectory(directory.resolve("site")), UnaryOperator.identity());
        site.client()
                .backups()
                .putTarget("folder", LocalSettings.of(Files.createDirectory(directory.resolve("folder"))));
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void whoIsNotSureOfTheServerOrDoesNotEncryptIsNotLetInAlsoAfterARestoreAndWithAnotherCertificate()
            throws Exception {
        int port = FreePort.next();
        var first = selfSigned();
        databases()
                .create(published("required-db", port, DatabaseTls.required("localhost", first))
                        .build())
                .await(DatabaseSite.PATIENCE);
        assertEncryptedFor("required-db", first);
        assertThat(outside("required-db").url().reveal()).endsWith("@localhost:" + port + "/app?sslmode=verify-full");

        site.run("required-db", "CREATE TABLE kept AS SELECT 4711 AS n;");
        site.client().backups().pointInTime().start("required-db", "folder").await(DatabaseSite.PATIENCE);
        var backup = site.client().backups().backUp("required-db", "folder").await(DatabaseSite.PATIENCE);
        assertThat(backup.proven()).isTrue();
        site.client().backups().restore(backup.backup().id(), "required-db").await(DatabaseSite.PATIENCE);
        assertEncryptedFor("required-db", first);

        var second = selfSigned();
        var database = databases().get("required-db");
        var change = databases()
                .update(
                        "required-db",
                        database.version(),
                        database.spec().toBuilder()
                                .publish("127.0.0.1", port, DatabaseTls.required("localhost", second))
                                .build());
        change.await(DatabaseSite.PATIENCE);
        assertThat(change.log().lines()).anyMatch(line -> line.contains("these change: TLS, configuration"));
        assertEncryptedFor("required-db", second);
        assertThat(asked("required-db", first.chain())).contains("certificate verify failed");
        assertThat(site.run("required-db", "SELECT n FROM kept;")).contains("4711");

        databases().changePassword("required-db").await(DatabaseSite.PATIENCE);
        databases().restart("required-db").await(DatabaseSite.PATIENCE);
        assertEncryptedFor("required-db", second);
    }

    @Test
    void whereItIsOfferedOthersGoOnInPlainTextAlsoAfterAnUpgrade() {
        int port = FreePort.next();
        var certificate = selfSigned();
        databases()
                .create(published("offered-db", port, DatabaseTls.offered("localhost", certificate))
                        .version("15")
                        .build())
                .await(DatabaseSite.PATIENCE);
        assertThat(asked("offered-db", certificate.chain())).contains("encrypted|t");
        databases().upgrade("offered-db", "17").await(DatabaseSite.PATIENCE);
        assertThat(asked("offered-db", certificate.chain())).contains("encrypted|t");
        assertThat(asked("offered-db", STRANGER.chain())).contains("certificate verify failed");
        assertThat(inPlainText("offered-db")).contains("encrypted|f");
    }

    @Test
    void whatCannotWorkIsRefusedBeforeAnythingIsMade() {
        var wrong = new Tls.Own(
                SelfSignedCertificate.of(Duration.ofDays(1), "db.example.com").chain(), STRANGER.key());
        assertThatThrownBy(() -> databases()
                        .create(published("wrong-db", FreePort.next(), DatabaseTls.required("localhost", wrong))
                                .version("9.6")
                                .parameter("hba_file", "/elsewhere")
                                .build()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("not for the host localhost but for [db.example.com]")
                .hasMessageContaining("the private key is not the one of this certificate")
                .hasMessageContaining("hba_file")
                .hasMessageContaining("9.6");
        assertThatThrownBy(() -> databases()
                        .create(DatabaseSpec.named("cache", RedisSettings.defaults())
                                .publish("127.0.0.1", FreePort.next(), DatabaseTls.required("localhost", STRANGER))
                                .build()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("databases of redis cannot be published by TLS");
        assertThat(databases().list()).extracting(each -> each.name()).doesNotContain("wrong-db", "cache");
    }

    private static void assertEncryptedFor(String database, Tls.Own certificate) throws Exception {
        assertThat(outside(database).caCertificate()).contains(certificate.chain());
        assertThat(asked(database, certificate.chain())).contains("encrypted|t");
        assertThat(askedByJdbc(database, certificate.chain())).isTrue();
        assertThat(asked(database, STRANGER.chain())).contains("certificate verify failed");
        assertThatThrownBy(() -> askedByJdbc(database, STRANGER.chain())).isInstanceOf(SQLException.class);
        assertThat(inPlainText(database)).contains("no encryption");
        var container = DockerCli.containerOf(database);
        var line = certificate.key().reveal().lines().skip(1).findFirst().orElseThrow();
        assertThat(DockerCli.run("inspect", container)).contains("hba_file").doesNotContain(line);
        assertThat(DockerCli.run("logs", container)).isNotEmpty().doesNotContain(line);
        assertThat(DockerCli.run("exec", container, "stat", "-c", "%U %a", "/run/dokploy/server.key"))
                .isEqualTo("postgres 600\n");
    }

    private static DatabaseConnection outside(String database) {
        return databases().externalConnection(database).orElseThrow();
    }

    private static String asked(String database, String authorities) {
        return client().psql(outside(database), authorities, IS_ENCRYPTED);
    }

    private static String inPlainText(String database) {
        var url = outside(database).url().reveal().replace("verify-full", "disable");
        return client().run(outside(database), "", List.of("psql", "-X", "-A", "-t", "-c", IS_ENCRYPTED, url));
    }

    private static boolean askedByJdbc(String database, String authorities) throws Exception {
        var connection = outside(database);
        var properties = new Properties();
        properties.setProperty("user", connection.user());
        properties.setProperty("password", connection.password().reveal());
        var file = Files.writeString(Files.createTempFile(directory, "authorities", ".pem"), authorities);
        properties.setProperty("sslrootcert", file.toString());
        try (var jdbc = DriverManager.getConnection(connection.jdbcUrl().orElseThrow(), properties);
                var rows = jdbc.createStatement().executeQuery(IS_ENCRYPTED)) {
            return rows.next() && rows.getBoolean(2);
        }
    }

    private static OutsideClient client() {
        return new OutsideClient("postgres:17", "PGPASSWORD", directory);
    }

    private static DatabaseSpec.Builder published(String name, int port, DatabaseTls tls) {
        return DatabaseSpec.named(name, PostgresSettings.defaults()).publish("127.0.0.1", port, tls);
    }

    private static Tls.Own selfSigned() {
        return SelfSignedCertificate.of(Duration.ofDays(30), "localhost", "127.0.0.1");
    }

    private static Databases databases() {
        return site.client().databases();
    }
}
