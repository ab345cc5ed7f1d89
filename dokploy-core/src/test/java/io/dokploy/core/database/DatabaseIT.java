package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.DeleteRequest;
import io.dokploy.api.LogQuery;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.AlreadyExistsException;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.Secret;
import io.dokploy.database.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database is provisioned in one call, and gone again without a trace. */
class DatabaseIT {

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(directory, UnaryOperator.identity());
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void oneCallMakesADatabaseThatIsReadyAndKeepsItsDataOverAStop() {
        var databases = site.client().databases();
        databases.create(spec("shop-db").build()).await(DatabaseSite.PATIENCE);
        assertThat(databases.isReady("shop-db")).isTrue();
        site.run("shop-db", "CREATE TABLE orders (id int); INSERT INTO orders VALUES (4711);");
        databases.stop("shop-db").await(DatabaseSite.PATIENCE);
        assertThat(databases.isReady("shop-db")).isFalse();
        databases.start("shop-db").await(DatabaseSite.PATIENCE);
        assertThat(site.run("shop-db", "SELECT id FROM orders;")).contains("4711");
        assertThat(databases.connection("shop-db").url().reveal())
                .matches("postgresql://app:[A-Za-z0-9]{32}@shop-db:5432/app");
        try (var logs = databases.logs("shop-db", LogQuery.last(100))) {
            assertThat(logs.hasNext()).isTrue();
        }
        databases.delete("shop-db", DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
        assertThat(databases.find("shop-db")).isEmpty();
        assertThat(leftovers("shop-db")).isEmpty();
    }

    @Test
    void itsParametersAndScriptsAreInForce() {
        var databases = site.client().databases();
        databases
                .create(spec("tuned-db")
                        .parameter("max_connections", "37")
                        .initScript("10-table.sql", "CREATE TABLE made_by_script (id int);")
                        .build())
                .await(DatabaseSite.PATIENCE);
        assertThat(site.run("tuned-db", "SHOW max_connections; SELECT count(*) FROM made_by_script;"))
                .contains("37");
    }

    @Test
    void thePasswordIsInNoArgumentAndInNoVariableOfTheContainer() {
        var databases = site.client().databases();
        databases
                .create(spec("quiet-db")
                        .password(Secret.of("distinctive-4711-secret"))
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.dokploy();
        for (var container : docker("ps", "--quiet", "--filter", "label=io.dokploy.app.name=quiet-db")
                .split("\\s+")) {
            assertThat(docker("inspect", container)).doesNotContain("distinctive-4711-secret");
        }
    }

    @Test
    void oneThatDoesNotStartLeavesNothingBehind() {
        var databases = site.client().databases();
        assertThatThrownBy(() -> databases
                        .create(spec("bad-db")
                                .parameter("shared_buffers", "many")
                                .build())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(ContainerExitedException.class)
                .hasMessageContaining("shared_buffers");
        assertThat(databases.find("bad-db")).isEmpty();
        assertThat(leftovers("bad-db")).isEmpty();
    }

    @Test
    void whatThePluginDoesNotLikeIsSaidBeforeAnythingStarts() {
        var databases = site.client().databases();
        assertThatThrownBy(() -> databases.create(
                        spec("odd-db").version("9.6").user("pg_me").build()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("version")
                .hasMessageContaining("user");
        assertThat(databases.find("odd-db")).isEmpty();
    }

    @Test
    void aNameIsTakenOnce() {
        var databases = site.client().databases();
        databases.create(spec("twice-db").build()).await(DatabaseSite.PATIENCE);
        assertThatThrownBy(() -> databases.create(spec("twice-db").build()))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("twice-db");
    }

    private static DatabaseSpec.Builder spec(String name) {
        return DatabaseSpec.named(name, PostgresSettings.defaults());
    }

    private static String leftovers(String name) {
        return String.join(" ", DockerCli.containers(DockerCli.named(name)))
                + String.join(" ", DockerCli.volumes(DockerCli.named(name)));
    }

    private static String docker(String... arguments) {
        try {
            var command = new java.util.ArrayList<>(java.util.List.of("docker"));
            command.addAll(java.util.List.of(arguments));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
