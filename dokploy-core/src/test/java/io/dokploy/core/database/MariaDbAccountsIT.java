package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.Secret;
import io.dokploy.core.Plugins;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.spi.database.Login;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and foreign dumps of MySQL's family, in a server that also writes a binary log. */
class MariaDbAccountsIT {

    private static final String NAME = "team-db";
    private static final Secret CHANGED = Secret.of("the-'changed'-4711");

    private static final String FOREIGN = """
            /*M!999999\\- enable the sandbox mode */
            -- MariaDB dump 10.19-11.8.3-MariaDB, for debian-linux-gnu (x86_64)
            CREATE DATABASE /*!32312 IF NOT EXISTS*/ `elsewhere` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;

            USE `elsewhere`;
            DROP TABLE IF EXISTS `t`;
            CREATE TABLE `t` (`id` int PRIMARY KEY, `name` varchar(100));
            INSERT INTO `t` VALUES (1,'USE `x`;\\nUSE `y`;');
            /*!50003 DROP PROCEDURE IF EXISTS `greet` */;
            DELIMITER ;;
            CREATE DEFINER=`nobody`@`elsewhere` PROCEDURE `greet`()
            BEGIN
              SELECT 'hello';
            END ;;
            DELIMITER ;

            USE `elsewhere`;
            /*!50001 DROP VIEW IF EXISTS `seen`*/;
            /*!50001 CREATE ALGORITHM=UNDEFINED */
            /*!50013 DEFINER=`nobody`@`elsewhere` SQL SECURITY DEFINER */
            /*!50001 VIEW `seen` AS select `t`.`name` AS `name` from `t` */;

            -- Dump completed on 2026-01-01
            """;

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(directory, builder -> builder.plugins(Plugins.of(new MariaDbProvisioner())));
        site.client()
                .databases()
                .create(DatabaseSpec.named(NAME, MariaDbSettings.defaults())
                        .parameter("log_bin", "binlog")
                        .build())
                .await(DatabaseSite.PATIENCE);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void aUserWhoIsTheDefinerOfSomethingStaysUntilThatIsGone() {
        var inside = site.client().databases().administration(NAME);
        inside.createDatabase("reports");
        var bob = inside.createUser("bob", "reports");
        as(bob, "CREATE TABLE t (n int); CREATE TRIGGER doubled BEFORE INSERT ON t FOR EACH ROW SET NEW.n = NEW.n * 2");
        as(bob, "INSERT INTO t VALUES (21)");
        assertThatThrownBy(() -> inside.dropUser("bob"))
                .hasMessageContaining("bob is the DEFINER of trigger reports.doubled");
        assertThat(as(bob, "SELECT n FROM t")).contains("42");

        as(bob, "DROP TRIGGER doubled");
        inside.dropUser("bob");
        assertThat(inside.users()).containsExactly("app");
        assertThat(site.run(NAME, "SELECT n FROM reports.t;")).contains("42");
    }

    @Test
    void aChangedPasswordIsTheOneOfTheNextStartToo() {
        var databases = site.client().databases();
        databases.changePassword(NAME, CHANGED).await(DatabaseSite.PATIENCE);
        databases.stop(NAME).await(DatabaseSite.PATIENCE);
        databases.start(NAME).await(DatabaseSite.PATIENCE);
        assertThat(databases.connection(NAME).password()).isEqualTo(CHANGED);
        assertThat(site.run(NAME, "SELECT 4711;")).contains("4711");
        assertThat(DockerCli.run("inspect", DockerCli.containerOf(NAME))).doesNotContain("changed");
    }

    /** As Dokploy dumps MariaDB: with its database's name, and of users who are not here. */
    @Test
    void aDumpOfOthersGoesIntoTheDatabaseThatItIsReadInto() throws Exception {
        assertThat(read(FOREIGN)).as("its exit code").isZero();
        assertThat(site.run(NAME, "SELECT name FROM seen; CALL greet();")).contains("USE `x`;", "hello");
        assertThat(site.client().databases().administration(NAME).databases()).doesNotContain("elsewhere", "other");
        assertThat(site.run(NAME, "SELECT definer FROM information_schema.views WHERE table_name = 'seen';"))
                .contains("app@%");
    }

    @Test
    void whatIsExportedCanBeReadAgain() throws Exception {
        site.run(NAME, "CREATE TABLE exported AS SELECT 4711 AS n; CREATE VIEW looked AS SELECT n FROM exported;");
        var dump = new ByteArrayOutputStream();
        site.client().databases().exportDump(NAME, dump);
        site.run(NAME, "DROP VIEW looked; DROP TABLE exported;");
        assertThat(read(dump.toString(StandardCharsets.UTF_8))).isZero();
        assertThat(site.run(NAME, "SELECT n FROM looked;")).contains("4711");
    }

    @Test
    void aDumpThatIsCutOffOrHoldsMoreDatabasesIsNotReadWithSuccess() throws Exception {
        assertThat(read(FOREIGN.replace("-- Dump completed on 2026-01-01", ""))).isNotZero();
        assertThat(read(FOREIGN.replaceFirst("(?s)-- Dump completed", "USE `other`;\nCREATE TABLE n (n int);\n$0")))
                .isNotZero();
        assertThat(site.run(NAME, "SHOW TABLES;").lines()).doesNotContain("n");
    }

    private static int read(String dump) throws Exception {
        var known = site.client().databases().connection(NAME);
        var plugin = new MariaDbProvisioner();
        var login = new Login(known.user(), known.password(), known.database());
        var command = plugin.readDump(dump.getBytes(StandardCharsets.UTF_8), plugin.defaultVersion(), login)
                .orElseThrow();
        var docker = new ArrayList<>(List.of("docker", "exec", "-i"));
        command.environment().forEach((name, value) -> docker.addAll(List.of("-e", name + "=" + value.reveal())));
        docker.add(DockerCli.containerOf(NAME));
        docker.addAll(command.arguments());
        var process = new ProcessBuilder(docker)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var input = process.getOutputStream()) {
            input.write(dump.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It does not read more than it must: its exit code tells.
        }
        return process.waitFor();
    }

    private static String as(DatabaseConnection user, String statements) {
        return DockerCli.run(
                "exec",
                "--env",
                "MYSQL_PWD=" + user.password().reveal(),
                DockerCli.containerOf(NAME),
                "mariadb",
                "--host=127.0.0.1",
                "--user=" + user.user(),
                user.database(),
                "--execute=" + statements);
    }
}
