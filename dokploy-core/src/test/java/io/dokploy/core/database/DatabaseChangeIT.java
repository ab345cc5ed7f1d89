package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Databases;
import io.dokploy.api.application.Resources;
import io.dokploy.api.database.Database;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.DeadlineException;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.error.StaleVersionException;
import io.dokploy.api.error.UserErrorException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.core.FreePort;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that serves is changed, looked into and talked to. */
class DatabaseChangeIT {

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(directory, UnaryOperator.identity());
        databases()
                .create(DatabaseSpec.named("changed-db", PostgresSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run("changed-db", "CREATE TABLE kept AS SELECT 4711 AS n;");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void whatIsAskedForIsInForceInAnotherContainerWithTheSameData() throws IOException {
        int port = FreePort.next();
        var database = databases().get("changed-db");
        var operation = databases()
                .update(
                        "changed-db",
                        database.version(),
                        database.spec().toBuilder()
                                .resources(Resources.unlimited().memory(ByteSize.mebibytes(512)))
                                .parameter("max_connections", "41")
                                .publish("127.0.0.1", port)
                                .build());
        Database changed = operation.await(DatabaseSite.PATIENCE);
        assertThat(changed.version()).isEqualTo(database.version() + 1);
        assertThat(operation.log().lines())
                .anyMatch(line -> line.contains("resources, published port, configuration of the engine"));
        assertThat(site.run("changed-db", "SHOW max_connections; SELECT n FROM kept; SHOW shared_buffers;"))
                .contains("41", "4711", "128MB");
        var outside = databases().externalConnection("changed-db").orElseThrow();
        assertThat(outside.url().reveal()).contains("@127.0.0.1:" + port + "/app");
        try (var socket = new Socket(outside.host(), outside.port())) {
            // SSLRequest of PostgreSQL's protocol: a server answers with one letter.
            socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47});
            assertThat(socket.getInputStream().read()).isIn((int) 'N', (int) 'S');
        }
        assertThatThrownBy(() -> databases().update("changed-db", database.version(), changed.spec()))
                .isInstanceOf(StaleVersionException.class);
    }

    @Test
    void oneThatDoesNotGetReadyLeavesTheFormerServing() {
        var database = databases().get("changed-db");
        assertThatThrownBy(() -> databases()
                        .update(
                                "changed-db",
                                database.version(),
                                database.spec().toBuilder()
                                        .parameter("work_mem", "a lot")
                                        .build())
                        .await(DatabaseSite.PATIENCE))
                .isInstanceOf(ContainerExitedException.class)
                .hasMessageContaining("work_mem");
        assertThat(databases().get("changed-db")).isEqualTo(database);
        var newest = site.client().operations().list(1).get(0).id();
        assertThat(databases().isReady("changed-db"))
                .as("%s", site.client().operations().get(newest).log().lines())
                .isTrue();
        assertThat(site.run("changed-db", "SELECT n FROM kept;")).contains("4711");
    }

    @Test
    void whatCannotChangeIsSaidAllAtOnce() {
        var database = databases().get("changed-db");
        assertThatThrownBy(() -> databases()
                        .update(
                                "changed-db",
                                database.version(),
                                database.spec().toBuilder()
                                        .user("bob")
                                        .password(Secret.of("another-4711-password"))
                                        .build()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("user")
                .hasMessageContaining("changePassword");
        for (String version : List.of("18", "15")) {
            assertThatThrownBy(() -> databases()
                            .update(
                                    "changed-db",
                                    database.version(),
                                    database.spec().toBuilder().version(version).build()))
                    .isInstanceOf(UserErrorException.class)
                    .hasMessageContaining("data");
        }
    }

    @Test
    void whatPeopleSeeChangesWithoutARestart() {
        var before = site.run("changed-db", "SELECT pg_postmaster_start_time();");
        assertThat(databases().rename("changed-db", "The shop's").spec().displayName())
                .isEqualTo("The shop's");
        assertThat(site.run("changed-db", "SELECT pg_postmaster_start_time();")).isEqualTo(before);
        databases().restart("changed-db").await(DatabaseSite.PATIENCE);
        assertThat(site.run("changed-db", "SELECT pg_postmaster_start_time();")).isNotEqualTo(before);
    }

    @Test
    void databasesUsersAndExtensionsComeAndGo() {
        var inside = databases().administration("changed-db");
        inside.createDatabase("second");
        var bob = inside.createUser("bob", "second");
        assertThat(inside.databases()).contains("app", "second");
        assertThat(inside.users()).containsExactly("app", "bob");
        assertThat(bob.url().reveal()).matches("postgresql://bob:[A-Za-z0-9]{32}@changed-db:5432/second");
        assertThat(inside.changePassword("bob", "second").password()).isNotEqualTo(bob.password());
        inside.dropUser("bob");
        inside.dropDatabase("second");
        assertThat(inside.databases()).doesNotContain("second");
        assertThat(inside.users()).containsExactly("app");
        inside.createExtension("plpgsql");
        assertThat(inside.extensions()).containsKey("plpgsql");
        inside.dropExtension("plpgsql");
        assertThat(inside.extensions()).doesNotContainKey("plpgsql");
        assertThatThrownBy(() -> inside.createExtension("no_such_extension"))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("no_such_extension");
        for (String name : List.of("app", "x; DROP TABLE kept", "-v", "")) {
            assertThatThrownBy(() -> inside.dropUser(name)).isInstanceOf(InvalidSpecException.class);
            assertThatThrownBy(() -> inside.dropDatabase(name)).isInstanceOf(InvalidSpecException.class);
        }
    }

    @Test
    void statementsAreRunWithinLimits() {
        var patience = Duration.ofMinutes(1);
        var fine = databases().run("changed-db", "SELECT n FROM kept;", patience);
        assertThat(fine.exitCode()).isZero();
        assertThat(fine.output()).contains("4711");
        var mistake = databases().run("changed-db", "SELECT nothing FROM kept; SELECT n FROM kept;", patience);
        assertThat(mistake.exitCode()).isNotZero();
        assertThat(mistake.output()).doesNotContain("4711");
        assertThat(mistake.errors()).contains("nothing");
        var large = databases().run("changed-db", "SELECT repeat('x', 3000000);", patience);
        assertThat(large.truncated()).isTrue();
        assertThat(large.output()).hasSize(1 << 20);
        assertThatThrownBy(() -> databases().run("changed-db", "SELECT pg_sleep(600);", Duration.ofSeconds(1)))
                .isInstanceOf(DeadlineException.class);
    }

    @Test
    void aDumpIsWrittenForOthers() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var dump = databases().exportDump("changed-db", bytes);
        assertThat(dump.format()).isEqualTo("pgdump");
        assertThat(dump.bytes()).isEqualTo(bytes.size());
        assertThat(new String(bytes.toByteArray(), 0, 5, StandardCharsets.US_ASCII))
                .isEqualTo("PGDMP");
    }

    private static Databases databases() {
        return site.client().databases();
    }
}
