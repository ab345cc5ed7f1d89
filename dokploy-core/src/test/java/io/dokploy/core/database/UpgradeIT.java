package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.core.Plugins;
import io.dokploy.database.mariadb.MariaDbProvisioner;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.postgres.PostgresProvisioner;
import io.dokploy.database.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database moves to a later version with all its data, or stays as it is. */
class UpgradeIT {

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory, builder -> builder.plugins(Plugins.of(new PostgresProvisioner(), new MariaDbProvisioner())));
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void postgresMovesFromFifteenToSeventeen() {
        // The text of a view's definition is made by the server, and newer ones leave out names that are not needed.
        upgradedWithAllItsData(
                "pg-db", PostgresSettings.defaults(), "15", "17", HostileData.POSTGRES, "pg_get_viewdef");
        assertThat(site.run("pg-db", "SELECT nextval('counter'); SHOW server_version;"))
                .contains("49")
                .contains("17.");
        assertThat(site.run("pg-db", "SELECT count(*) FROM few; SELECT n FROM kept;"))
                .contains("9")
                .contains("5000");
    }

    @Test
    void mariaDbMovesFromTenElevenToElevenEight() {
        upgradedWithAllItsData(
                "maria-db", MariaDbSettings.defaults(), "10.11", "11.8", HostileData.MARIADB, "FOR SYSTEM_TIME ALL");
        assertThat(site.run("maria-db", "SELECT v FROM versioned; SELECT v FROM versioned FOR SYSTEM_TIME ALL;"))
                .isEqualTo("v\nafter\nv\nbefore;\nafter\n");
        assertThat(site.run("maria-db", "SELECT VERSION();")).contains("11.8");
    }

    private static void upgradedWithAllItsData(
            String name, PluginSettings engine, String from, String to, HostileData data, String withoutLinesWith) {
        var databases = site.client().databases();
        databases.create(DatabaseSpec.named(name, engine).version(from).build()).await(DatabaseSite.PATIENCE);
        site.run(name, data.statements());
        var everything = String.join(
                "\n",
                data.everything()
                        .lines()
                        .filter(line -> !line.contains(withoutLinesWith))
                        .toList());
        var before = site.run(name, everything);
        var password = databases.connection(name).password();

        var upgraded = databases.upgrade(name, to).await(DatabaseSite.PATIENCE);

        assertThat(upgraded.engineVersion()).isEqualTo(to);
        assertThat(upgraded.spec().version()).contains(to);
        assertThat(upgraded.generation()).isEqualTo(2);
        assertThat(site.run(name, everything)).isEqualTo(before);
        assertThat(databases.connection(name).password()).isEqualTo(password);
        assertThat(reachedByItsName(name, to)).isTrue();
        assertThat(containers(name)).hasSize(1);
        assertThat(volumes(name)).as("the former one is kept").hasSize(2);
    }

    @Test
    void anUpgradeThatFailsLeavesTheFormerVersionServing() {
        var databases = site.client().databases();
        databases
                .create(DatabaseSpec.named("stuck-db", PostgresSettings.defaults())
                        .version("15")
                        .build())
                .await(DatabaseSite.PATIENCE);
        // 17 has no such column any more, which only the restore finds out.
        site.run("stuck-db", """
                CREATE TABLE orders AS SELECT generate_series(1, 1000) AS n;
                CREATE VIEW buffers AS SELECT buffers_backend FROM pg_stat_bgwriter;
                """);
        assertThatThrownBy(() -> databases.upgrade("stuck-db", "17").await(DatabaseSite.PATIENCE))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("buffers_backend");
        var database = databases.get("stuck-db");
        assertThat(database.engineVersion()).isEqualTo("15");
        assertThat(database.generation()).isEqualTo(1);
        assertThat(site.run("stuck-db", "SELECT count(*) FROM orders; SHOW server_version;"))
                .contains("1000")
                .contains("15.");
        assertThat(reachedByItsName("stuck-db", "15")).isTrue();
        assertThat(containers("stuck-db")).hasSize(1);
        assertThat(volumes("stuck-db")).hasSize(1);

        assertThatThrownBy(() -> databases.upgrade("stuck-db", "14"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("written by version 15");
        assertThatThrownBy(() -> databases.upgrade("stuck-db", "15.18"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("nothing to move");
    }

    /** As an application reaches it: by its name, in the network. */
    private static boolean reachedByItsName(String name, String version) {
        var engine = site.client().databases().get(name).engine();
        var tool = engine.equals("postgres")
                ? List.of("pg_isready", "-h", name)
                : List.of("mariadb-admin", "--skip-ssl-verify-server-cert", "--host=" + name, "ping");
        var network = DockerCli.run(
                        "inspect",
                        "--format",
                        "{{range $k, $v := .NetworkSettings.Networks}}{{$k}}{{end}}",
                        containers(name).get(0))
                .strip();
        var command = new ArrayList<>(List.of("run", "--rm", "--network", network, "--entrypoint", tool.get(0)));
        command.add((engine.equals("postgres") ? "postgres:" : "mariadb:") + version);
        command.addAll(tool.subList(1, tool.size()));
        var said = DockerCli.run(command.toArray(String[]::new));
        return said.contains("accepting connections") || said.contains("alive") || said.contains("Access denied");
    }

    private static List<String> containers(String name) {
        return DockerCli.containers(DockerCli.named(name));
    }

    private static List<String> volumes(String name) {
        return DockerCli.volumes(DockerCli.named(name));
    }
}
