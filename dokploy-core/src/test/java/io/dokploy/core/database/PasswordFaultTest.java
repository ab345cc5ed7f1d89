package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.ExecRequest;
import io.dokploy.api.Operation;
import io.dokploy.api.OperationRecord;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.NotRunningException;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.value.Secret;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that changes a password dies; the next start ends the work, and nobody is locked out. */
class PasswordFaultTest {

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(directory, UnaryOperator.identity());
        site.client()
                .databases()
                .create(DatabaseSpec.named("crash-db", PostgresSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
        var check = List.of("sh", "-c", "psql -c 'SELECT 1' \"$DATABASE_URL\"");
        site.client()
                .applications()
                .create(ApplicationSpec.named("shop")
                        .source(ImageSource.of("postgres:17").pull(ImageSource.Pull.MISSING))
                        .command("sleep", "infinity")
                        .arguments()
                        .env("DATABASE_URL", "${{database.crash-db.url}}")
                        .health(new HealthCheck.Command(check))
                        .stopGrace(Duration.ZERO)
                        .build());
        site.client().applications().deploy("shop").await(DatabaseSite.PATIENCE);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", PasswordChangingProgram.ENGINE_KNOWS, "restart"})
    void whoeverDiesTheNewPasswordIsInForceAndKnown(String step) throws Exception {
        var former = site.client().databases().connection("crash-db").password();
        var password = Secret.of("password-of-" + step + "-4711");
        killedIn(step, password, "crash-db");
        site.start();
        lastChange().await(DatabaseSite.PATIENCE);
        assertThat(site.client().databases().connection("crash-db").password()).isEqualTo(password);
        assertThat(inside("psql -At -c 'SELECT 4711' \"$DATABASE_URL\"")).isEqualTo("4711");
        assertThat(inside("PGPASSWORD=" + former.reveal() + " psql -h crash-db -U app -c 'SELECT 1' app || echo dead"))
                .isEqualTo("dead");
        assertThat(site.client().operations().list(2).stream()
                        .map(OperationRecord::kind)
                        .filter("restart"::equals))
                .as("restarts for one change")
                .hasSize(1);
    }

    @Test
    void aStartFindsOutWhichPasswordIsInForce() throws Exception {
        var databases = site.client().databases();
        databases
                .create(DatabaseSpec.named("still-db", MariaDbSettings.defaults())
                        .build())
                .await(DatabaseSite.PATIENCE);
        var password = Secret.of("password-of-a-server-that-stands-still-4711");
        killedIn(PasswordChangingProgram.ENGINE_KNOWS, password, "still-db");
        DockerCli.run("stop", DockerCli.containerOf("still-db"));
        site.start();
        assertThatThrownBy(() -> lastChange().await(DatabaseSite.PATIENCE)).isInstanceOf(NotRunningException.class);

        site.client().databases().start("still-db").await(DatabaseSite.PATIENCE);

        assertThat(site.client().databases().connection("still-db").password()).isEqualTo(password);
        assertThat(site.run("still-db", "SELECT 4711;")).contains("4711");
    }

    private static void killedIn(String step, Secret password, String database) throws Exception {
        site.stop();
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PasswordChangingProgram.class.getName(),
                        directory.toString(),
                        Long.toString(ProcessHandle.current().pid()),
                        step,
                        password.reveal(),
                        database)
                .redirectErrorStream(true)
                .start();
        child.getOutputStream().close();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isEqualTo(137);
    }

    private static Operation<?> lastChange() {
        var operations = site.client().operations();
        var change = operations.list(10).stream()
                .filter(record -> record.kind().equals(DatabaseHandlers.CHANGE_PASSWORD))
                .findFirst()
                .orElseThrow()
                .id();
        return operations.get(change);
    }

    private static String inside(String script) throws IOException {
        try (var session = site.client().applications().exec("shop", ExecRequest.of("sh", "-c", script))) {
            return new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
