package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Databases;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.core.FreePort;
import io.dokploy.core.SelfSignedCertificate;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.mysql.MySqlSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A MySQL and a MariaDB that are published by TLS, seen from outside by their own clients. */
class MySqlTlsIT {

    private static final String IS_ENCRYPTED = "SHOW STATUS LIKE 'Ssl_version'";

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    enum Engine {
        MYSQL(
                "mysql:9",
                "mysql",
                MySqlSettings.defaults(),
                List.of("--ssl-mode=VERIFY_IDENTITY"),
                "--ssl-mode=DISABLED",
                "?sslMode=VERIFY_IDENTITY"),
        MARIADB(
                "mariadb:11.8",
                "mariadb",
                MariaDbSettings.defaults(),
                List.of("--ssl", "--ssl-verify-server-cert"),
                "--skip-ssl",
                "?sslMode=verify-full");

        private final String image;
        private final String program;
        private final PluginSettings settings;
        private final List<String> verifying;
        private final String plain;
        private final String jdbcQuery;

        Engine(
                String image,
                String program,
                PluginSettings settings,
                List<String> verifying,
                String plain,
                String jdbcQuery) {
            this.image = image;
            this.program = program;
            this.settings = settings;
            this.verifying = verifying;
            this.plain = plain;
            this.jdbcQuery = jdbcQuery;
        }

        String database() {
            return program + "-db";
        }
    }

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

    @ParameterizedTest
    @EnumSource
    void whoIsNotSureOfTheServerOrDoesNotEncryptIsNotLetInAlsoAfterARestoreAndWithAnotherCertificate(Engine engine) {
        int port = FreePort.next();
        var name = engine.database();
        var first = selfSigned();
        databases()
                .create(DatabaseSpec.named(name, engine.settings)
                        .publish("127.0.0.1", port, DatabaseTls.required("localhost", first))
                        .build())
                .await(DatabaseSite.PATIENCE);
        assertEncryptedFor(engine, first);
        var outside = databases().externalConnection(name).orElseThrow();
        assertThat(outside.url().reveal()).endsWith("@localhost:" + port + "/app?ssl-mode=VERIFY_IDENTITY");
        assertThat(outside.jdbcUrl().orElseThrow()).endsWith("://localhost:" + port + "/app" + engine.jdbcQuery);

        site.run(name, "CREATE TABLE kept AS SELECT 4711 AS n;");
        var backup = site.client().backups().backUp(name, "folder").await(DatabaseSite.PATIENCE);
        assertThat(backup.proven()).isTrue();
        site.client().backups().restore(backup.backup().id(), name).await(DatabaseSite.PATIENCE);
        assertEncryptedFor(engine, first);

        var second = selfSigned();
        var database = databases().get(name);
        databases()
                .update(
                        name,
                        database.version(),
                        database.spec().toBuilder()
                                .publish("127.0.0.1", port, DatabaseTls.required("localhost", second))
                                .build())
                .await(DatabaseSite.PATIENCE);
        assertEncryptedFor(engine, second);
        assertThat(asked(engine, first.chain(), engine.verifying)).containsIgnoringCase("certificate");
        assertThat(site.run(name, "SELECT n FROM kept;")).contains("4711");

        databases().changePassword(name).await(DatabaseSite.PATIENCE);
        databases().restart(name).await(DatabaseSite.PATIENCE);
        assertEncryptedFor(engine, second);
    }

    @Test
    void anOlderMariaDbCanOfferIt() {
        var tls = DatabaseTls.required("localhost", selfSigned());
        var spec = DatabaseSpec.named("older-db", MariaDbSettings.defaults())
                .version("10.11")
                .publish("127.0.0.1", FreePort.next(), tls);
        assertThatThrownBy(() -> databases().create(spec.build()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("version 10.11 cannot require it");
        var offered = DatabaseTls.offered("localhost", tls.certificate());
        databases()
                .create(spec.publish("127.0.0.1", FreePort.next(), offered).build())
                .await(DatabaseSite.PATIENCE);
        assertThat(asked("older-db", Engine.MARIADB, offered.certificate().chain(), Engine.MARIADB.verifying))
                .contains("TLSv1");
        assertThat(asked("older-db", Engine.MARIADB, "", List.of("--skip-ssl")))
                .contains("Ssl_version")
                .doesNotContain("TLSv1");
    }

    private static void assertEncryptedFor(Engine engine, Tls.Own certificate) {
        assertThat(asked(engine, certificate.chain(), engine.verifying)).contains("TLSv1");
        assertThat(databases()
                        .externalConnection(engine.database())
                        .orElseThrow()
                        .caCertificate())
                .contains(certificate.chain());
        assertThat(asked(engine, selfSigned().chain(), engine.verifying))
                .containsIgnoringCase("certificate")
                .doesNotContain("TLSv1");
        assertThat(asked(engine, "", List.of(engine.plain))).containsIgnoringCase("insecure transport");
        var container = DockerCli.containerOf(engine.database());
        var line = certificate.key().reveal().lines().skip(1).findFirst().orElseThrow();
        assertThat(DockerCli.run("inspect", container)).contains("server.key").doesNotContain(line);
        assertThat(DockerCli.run("logs", container)).isNotEmpty().doesNotContain(line);
        assertThat(DockerCli.run("exec", container, "stat", "-c", "%U %a", "/run/dokploy/server.key"))
                .isEqualTo("mysql 400\n");
    }

    private static String asked(Engine engine, String authorities, List<String> options) {
        return asked(engine.database(), engine, authorities, options);
    }

    private static String asked(String database, Engine engine, String authorities, List<String> options) {
        var connection = databases().externalConnection(database).orElseThrow();
        var command = new ArrayList<>(List.of(
                engine.program,
                "--host=" + connection.host(),
                "--port=" + connection.port(),
                "--protocol=tcp",
                "--user=" + connection.user(),
                "--execute=" + IS_ENCRYPTED));
        command.addAll(options);
        if (!authorities.isEmpty()) {
            command.add("--ssl-ca=AUTHORITIES");
        }
        return new OutsideClient(engine.image, "MYSQL_PWD", directory).run(connection, authorities, command);
    }

    private static Tls.Own selfSigned() {
        return SelfSignedCertificate.of(Duration.ofDays(30), "localhost", "127.0.0.1");
    }

    private static Databases databases() {
        return site.client().databases();
    }
}
