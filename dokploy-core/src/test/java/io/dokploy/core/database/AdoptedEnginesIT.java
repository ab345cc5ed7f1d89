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
import io.dokploy.database.mongo.MongoSettings;
import io.dokploy.database.mysql.MySqlSettings;
import io.dokploy.database.redis.RedisSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that an administrator runs, each with a login that may do what the documentation says and nothing else. */
class AdoptedEnginesIT {

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

    /** What a backup of Redis needs, and what is needed to look at all there is. */
    private static final String FILL_REDIS = "ACL SETUSER shop on \">" + PASSWORD.reveal()
            + "\" ~* &* +sync +replconf +eval +info +ping" + " +@read +@scripting +@connection\n" + RedisData.HOSTILE;

    /** The stand-in knows no roles: read would do. */
    private static final String FILL_MONGO = "db.getSiblingDB('admin').createUser({user: 'shop', pwd: \""
            + PASSWORD.reveal() + "\", roles: []});\n" + MongoData.HOSTILE;

    enum Engine {
        MARIADB("11.8", MariaDbSettings.defaults(), sql("mariadb:11.8", "mariadb"), FILL, LOOK, "00FF0A27", 3),
        MYSQL("9", MySqlSettings.defaults(), sql("mysql:9", "mysql"), FILL, LOOK, "00FF0A27", 3),
        REDIS(
                "8",
                RedisSettings.defaults(),
                () -> new ForeignServer(
                        List.of("redis:8", "redis-server", "--requirepass", "of-the-administrator"),
                        List.of("env", "REDISCLI_AUTH=of-the-administrator", "redis-cli", "-e"),
                        "ECHO 4711\n"),
                FILL_REDIS,
                RedisData.EVERYTHING,
                "register_function",
                1),
        MONGO(
                "7",
                MongoSettings.defaults(),
                () -> new ForeignServer(
                        List.of(
                                "--env",
                                "MONGO_INITDB_ROOT_USERNAME=root",
                                "--env",
                                "MONGO_INITDB_ROOT_PASSWORD=of-the-administrator",
                                "mongo:7"),
                        List.of(
                                "mongosh",
                                "--quiet",
                                "--norc",
                                "mongodb://root:of-the-administrator@127.0.0.1/shop?authSource=admin",
                                "--file",
                                "/dev/stdin"),
                        "print(4711);\n"),
                FILL_MONGO,
                MongoData.EVERYTHING_OF_ONE,
                "odd-Ümläut",
                3000);

        private final String version;
        private final PluginSettings settings;
        private final Supplier<ForeignServer> server;
        private final String fill;
        private final String look;
        private final String seen;
        private final long counted;

        Engine(
                String version,
                PluginSettings settings,
                Supplier<ForeignServer> server,
                String fill,
                String look,
                String seen,
                long counted) {
            this.version = version;
            this.settings = settings;
            this.server = server;
            this.fill = fill;
            this.look = look;
            this.seen = seen;
            this.counted = counted;
        }

        private static Supplier<ForeignServer> sql(String image, String program) {
            return () -> new ForeignServer(
                    List.of("--env", program.toUpperCase(Locale.ROOT) + "_ROOT_PASSWORD=of-the-administrator", image),
                    List.of(
                            "env",
                            "MYSQL_PWD=of-the-administrator",
                            program,
                            "--user=root",
                            "--protocol=tcp",
                            "--host=127.0.0.1",
                            "--default-character-set=utf8mb4"),
                    "SELECT 4711;\n");
        }

        /** Of the server that somebody else runs. */
        String database() {
            return this == MONGO ? "shop" : "shop.db-1";
        }

        /** For somebody who is in no database yet. */
        String lookFromOutside() {
            return fill.equals(FILL) ? "USE `shop.db-1`;\n" + look : look;
        }

        /** Of the one that is made of its backup: MongoDB's keep their names. */
        String databaseOfCopy() {
            return this == MONGO ? "shop" : "app";
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsConnectedBackedUpProvenRestoredAndForgotten(Engine engine) throws IOException {
        try (var site = new DatabaseSite(directory.resolve("site"), UnaryOperator.identity());
                var server = engine.server.get()) {
            server.run(engine.fill);
            var before = server.state();
            var databases = site.client().databases();
            var backups = site.client().backups();
            backups.putTarget("folder", LocalSettings.of(Files.createDirectory(directory.resolve("folder"))));
            var described = AdoptedDatabase.named("legacy-db", engine.settings)
                    .inContainer(server.name())
                    .login("shop", PASSWORD)
                    .database(engine.database())
                    .build();
            assertThatThrownBy(() -> databases.adopt(described).await(DatabaseSite.PATIENCE))
                    .hasMessageContaining("docker network connect");
            DockerCli.connect(server.name());

            assertThat(databases.adopt(described).await(DatabaseSite.PATIENCE).engineVersion())
                    .isEqualTo(engine.version);
            var expected = site.run("legacy-db", engine.look);
            assertThat(expected).contains(engine.seen);

            var backup = backups.backUp("legacy-db", "folder").await(DatabaseSite.PATIENCE);
            assertThat(backup.proven()).isTrue();
            assertThat(backup.backup().counts()).containsValue(engine.counted);
            var copy = DatabaseSpec.named("copy", engine.settings)
                    .user("shop")
                    .database(engine.databaseOfCopy())
                    .build();
            backups.restoreAsNew(backup.backup().id(), copy).await(DatabaseSite.PATIENCE);
            assertThat(site.run("copy", engine.look)).isEqualTo(expected);

            databases.delete("legacy-db", DeleteRequest.keepingVolumes()).await(DatabaseSite.PATIENCE);
            assertThat(server.state()).isEqualTo(before);
            // Some clients warn of the administrator's login first.
            assertThat(server.run(engine.lookFromOutside())).endsWith(expected);
            assertThat(DockerCli.containers("io.dokploy.role=database-tools")).isEmpty();
        }
    }
}
