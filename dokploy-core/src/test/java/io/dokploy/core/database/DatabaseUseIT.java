package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Applications;
import io.dokploy.api.Databases;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.ExecRequest;
import io.dokploy.api.LogQuery;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.InUseException;
import io.dokploy.api.error.VariableException;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Applications that use a database: one that only gets healthy when it can log in, with the values that it was given. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseUseIT {

    private static final Secret FIRST = Secret.of("first-4711-password");
    private static final Secret SECOND = Secret.of("second-4712-password");

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(directory, UnaryOperator.identity());
        databases()
                .create(DatabaseSpec.named("used-db", PostgresSettings.defaults())
                        .password(FIRST)
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run("used-db", "CREATE TABLE kept AS SELECT 4711 AS n;");
        applications().create(client("shop", "\"$DATABASE_URL\""));
        applications().deploy("shop").await(DatabaseSite.PATIENCE);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    @Order(1)
    void aReferenceIsResolvedWhenAContainerIsMadeAndTheReleaseKeepsTheReference() {
        var live = applications().releases("shop").get(0);
        assertThat(live.environment())
                .containsEntry("DATABASE_URL", EnvironmentValue.plain("${{database.used-db.url}}"));
        assertThat(inside("shop", "psql -At -c 'SELECT n FROM kept' \"$DATABASE_URL\"; echo $GREETING"))
                .isEqualTo("4711\nhello app at used-db:5432/app");
        assertThat(applications().plan("shop").changes()).isEmpty();
    }

    @Test
    @Order(2)
    void whatIsMissingIsSaidBeforeAnythingStarts() {
        applications()
                .create(ApplicationSpec.named("lost")
                        .source(ImageSource.of("postgres:17").pull(ImageSource.Pull.MISSING))
                        .env("URL", "${{database.no-db.url}}")
                        .env("HOST", "${{database.used-db.hostname}}")
                        .env("OTHER", "${{database.used-db.url}}")
                        .build());
        assertThat(applications().plan("lost").problems())
                .singleElement()
                .asString()
                .contains("no-db")
                .contains("hostname");
        assertThatThrownBy(() -> applications().deploy("lost").await(DatabaseSite.PATIENCE))
                .isInstanceOf(VariableException.class)
                .hasMessageContaining("no-db");
    }

    @Test
    @Order(3)
    void oneInUseIsNotDeletedAndItsUsersAreNamed() {
        assertThat(databases().usedBy("used-db")).containsExactly("lost", "shop");
        assertThatThrownBy(() -> databases().delete("used-db", DeleteRequest.withVolumes()))
                .isInstanceOf(InUseException.class)
                .hasMessageContaining("lost, shop");
        assertThat(databases().isReady("used-db")).isTrue();
    }

    @Test
    @Order(4)
    void anotherPasswordReachesWhoUsesTheDatabaseAndTheFormerOneIsDead() {
        var before = applications().get("shop").live();
        var operation = databases().changePassword("used-db", SECOND);
        operation.await(DatabaseSite.PATIENCE);
        assertThat(operation.log().lines())
                .as("said before anything is done")
                .first()
                .asString()
                .contains("will be restarted: shop");
        assertThat(databases().connection("used-db").password()).isEqualTo(SECOND);
        assertThat(applications().get("shop").live()).isNotEqualTo(before);
        assertThat(inside("shop", "psql -At -c 'SELECT n FROM kept' \"$DATABASE_URL\""))
                .isEqualTo("4711");
        assertThat(inside(
                        "shop",
                        "PGPASSWORD=" + FIRST.reveal() + " psql -h used-db -U app -c 'SELECT 1' app || echo dead"))
                .isEqualTo("dead");
    }

    @Test
    @Order(5)
    void aRollbackDoesNotBringBackADeadPassword() {
        var first = applications()
                .releases("shop")
                .get(applications().releases("shop").size() - 1);
        applications().rollback("shop", first.id()).await(DatabaseSite.PATIENCE);
        assertThat(applications().get("shop").live()).contains(first.id());
        assertThat(inside("shop", "psql -At -c 'SELECT n FROM kept' \"$DATABASE_URL\""))
                .isEqualTo("4711");
    }

    @Test
    @Order(6)
    void onlyWhatRunsIsRestartedAndWhatWasStoppedStartsWithThePasswordOfNow() {
        applications().stop("shop").await(DatabaseSite.PATIENCE);
        databases().changePassword("used-db").await(DatabaseSite.PATIENCE);
        assertThat(applications().get("shop").stopped()).isTrue();
        applications().start("shop").await(DatabaseSite.PATIENCE);
        assertThat(inside("shop", "psql -At -c 'SELECT n FROM kept' \"$DATABASE_URL\""))
                .isEqualTo("4711");
    }

    @Test
    @Order(7)
    void noPasswordIsInAnOutputAnEventOrALog() {
        applications().deploy("shop").await(DatabaseSite.PATIENCE);
        var everything = new StringBuilder();
        for (var record : site.client().operations().list(100)) {
            var operation = site.client().operations().get(record.id());
            everything
                    .append(record)
                    .append(operation.events())
                    .append(operation.log().lines());
        }
        try (var logs = databases().logs("used-db", LogQuery.all())) {
            logs.forEachRemaining(line -> everything.append(line.text()));
        }
        assertThat(everything.toString())
                .contains("will be restarted")
                .doesNotContain(FIRST.reveal(), SECOND.reveal())
                .doesNotContain(databases().connection("used-db").password().reveal());
    }

    @Test
    @Order(8)
    void oneInUseGoesWhenItMustAndItsUsersSayWhatTheyMiss() {
        databases().delete("used-db", DeleteRequest.withVolumes().forced()).await(DatabaseSite.PATIENCE);
        assertThat(databases().find("used-db")).isEmpty();
        assertThatThrownBy(() -> applications().restart("shop").await(DatabaseSite.PATIENCE))
                .isInstanceOf(VariableException.class)
                .hasMessageContaining("used-db");
    }

    private static ApplicationSpec client(String name, String url) {
        return ApplicationSpec.named(name)
                .source(ImageSource.of("postgres:17").pull(ImageSource.Pull.MISSING))
                .command("sleep", "infinity")
                .arguments()
                .env("DATABASE_URL", "${{database.used-db.url}}")
                .env(
                        "GREETING",
                        "hello ${{database.used-db.user}} at ${{database.used-db.host}}:"
                                + "${{database.used-db.port}}/${{database.used-db.database}}")
                .health(new HealthCheck.Command(List.of("sh", "-c", "psql -c 'SELECT 1' " + url)))
                .healthyWithin(Duration.ofSeconds(20))
                .stopGrace(Duration.ZERO)
                .build();
    }

    private static String inside(String application, String script) {
        try (var session = applications().exec(application, ExecRequest.of("sh", "-c", script))) {
            return new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Applications applications() {
        return site.client().applications();
    }

    private static Databases databases() {
        return site.client().databases();
    }
}
