package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.database.AdoptedDatabase;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.mysql.MySqlSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A MySQL and a MariaDB that an administrator runs, with a login that may do everything in its database and nothing else. */
class AdoptedSqlIT {

    private static final Secret PASSWORD = Secret.of("pa'ss:/@?#$(id)");

    private static final String FILL = """
            CREATE USER 'shop'@'%' IDENTIFIED BY 'pa''ss:/@?#$(id)';
            CREATE DATABASE `shop.db-1` CHARACTER SET utf8mb4;
            GRANT ALL ON `shop.db-1`.* TO 'shop'@'%';
            USE `shop.db-1`;
            CREATE TABLE `odd``name; $x` (id INT PRIMARY KEY AUTO_INCREMENT, body VARBINARY(100), words TEXT);
            INSERT INTO `odd``name; $x` (body, words) VALUES (x'00ff0a27', 'ünï😀;''"'), (x'', NULL), (NULL, '\\n');
            CREATE DEFINER='shop'@'%' VIEW seen AS SELECT COUNT(*) AS n FROM `odd``name; $x`;
            CREATE DEFINER='shop'@'%' FUNCTION twice(x INT) RETURNS INT DETERMINISTIC RETURN 2 * x;
            """;

    private static final String LOOK =
            "SELECT id, HEX(body), HEX(words), twice(id) FROM `odd``name; $x` ORDER BY id;\n" + "SELECT n FROM seen;\n";

    @TempDir
    private Path directory;

    enum Engine {
        MARIADB("mariadb", "11.8", MariaDbSettings.defaults()),
        MYSQL("mysql", "9", MySqlSettings.defaults());

        private final String program;
        private final String version;
        private final PluginSettings settings;

        Engine(String program, String version, PluginSettings settings) {
            this.program = program;
            this.version = version;
            this.settings = settings;
        }

        ForeignServer start() {
            return new ForeignServer(
                    program + ":" + version,
                    name() + "_ROOT_PASSWORD=of-the-administrator",
                    List.of(
                            "env",
                            "MYSQL_PWD=of-the-administrator",
                            program,
                            "--user=root",
                            "--protocol=tcp",
                            "--host=127.0.0.1",
                            "--default-character-set=utf8mb4"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsConnectedBackedUpProvenRestoredAndForgotten(Engine engine) throws IOException {
        try (var site = new DatabaseSite(directory.resolve("site"), UnaryOperator.identity());
                var server = engine.start()) {
            server.run(FILL);
            var before = server.state();
            var databases = site.client().databases();
            var backups = site.client().backups();
            backups.putTarget("folder", LocalSettings.of(Files.createDirectory(directory.resolve("folder"))));
            var described = AdoptedDatabase.named("legacy-db", engine.settings)
                    .inContainer(server.name())
                    .login("shop", PASSWORD)
                    .database("shop.db-1")
                    .build();
            assertThatThrownBy(() -> databases.adopt(described).await(DatabaseSite.PATIENCE))
                    .hasMessageContaining("docker network connect");
            DockerCli.connect(server.name());

            assertThat(databases.adopt(described).await(DatabaseSite.PATIENCE).engineVersion())
                    .isEqualTo(engine.version);
            var expected = site.run("legacy-db", LOOK);
            assertThat(expected).contains("00FF0A27").contains("3");

            var backup = backups.backUp("legacy-db", "folder").await(DatabaseSite.PATIENCE);
            assertThat(backup.proven()).isTrue();
            assertThat(backup.backup().counts()).containsValue(3L);
            var copy = DatabaseSpec.named("copy", engine.settings).user("shop").build();
            backups.restoreAsNew(backup.backup().id(), copy).await(DatabaseSite.PATIENCE);
            assertThat(site.run("copy", LOOK)).isEqualTo(expected);

            databases.delete("legacy-db", DeleteRequest.keepingVolumes()).await(DatabaseSite.PATIENCE);
            assertThat(server.state()).isEqualTo(before);
            // MariaDB's client warns of the administrator's login first.
            assertThat(server.run("USE `shop.db-1`;\n" + LOOK)).endsWith(expected);
            assertThat(DockerCli.containers("io.dokploy.role=database-tools")).isEmpty();
        }
    }
}
