package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.Databases;
import io.dokploy.api.DeleteRequest;
import io.dokploy.api.ExecRequest;
import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.HealthCheck;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.AdoptedDatabase;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.source.ImageSource;
import io.dokploy.api.value.Secret;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/**
 * A PostgreSQL that an administrator runs: connected, backed up and proven with a login that is no superuser, restored into
 * one of ours, forgotten; its container is at the end what it was at the beginning.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdoptedDatabaseIT {

    private static final Secret PASSWORD = Secret.of("pa'ss wörd\\:/@?#$(id)");

    private static final String FILL = """
            CREATE ROLE "shop-user" LOGIN PASSWORD 'pa''ss wörd\\:/@?#$(id)';
            CREATE ROLE "owner'of""\" NOLOGIN;
            CREATE ROLE app LOGIN PASSWORD 'of somebody else';
            GRANT "owner'of""\" TO "shop-user";
            CREATE DATABASE "shop.db-1" OWNER "shop-user";
            ALTER DATABASE "shop.db-1" SET statement_timeout = '1h';
            \\connect "shop.db-1"
            SET ROLE "shop-user";
            CREATE TABLE "odd""name
            ; $x" (id serial PRIMARY KEY, body bytea, words text);
            INSERT INTO "odd""name
            ; $x" (body, words) SELECT decode(md5(n::text), 'hex'), repeat('ünï😀;''"', n % 50)
              FROM generate_series(1, 4711) AS n;
            CREATE VIEW seen AS SELECT count(*) AS n FROM "odd""name
            ; $x";
            CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1';
            CREATE TABLE of_another (n int);
            INSERT INTO of_another VALUES (1), (2), (3);
            GRANT ALL ON SCHEMA public TO "owner'of""\";
            ALTER TABLE of_another OWNER TO "owner'of""\";
            """;

    private static final String LOOK = """
            SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM "odd""name
            ; $x" AS t;
            SELECT n, twice(21), nextval('"odd""name
            ; $x_id_seq"') FROM seen;
            SELECT tableowner, tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 2;
            SELECT sum(n) FROM of_another;
            """;

    @TempDir
    static Path directory;

    private static ForeignServer server;
    private static DatabaseSite site;
    private static String before;
    private static CataloguedBackup backup;

    @BeforeAll
    static void open() throws IOException {
        site = new DatabaseSite(directory.resolve("site"), UnaryOperator.identity());
        site.client()
                .backups()
                .putTarget("folder", LocalSettings.of(Files.createDirectory(directory.resolve("folder"))));
        server = new ForeignServer(
                List.of("--env", "POSTGRES_PASSWORD=of-the-administrator", "postgres:15"),
                List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "postgres"),
                "SELECT 4711;\n");
        server.run(FILL);
        before = server.state();
    }

    @AfterAll
    static void close() {
        server.close();
        site.close();
    }

    @Test
    @Order(1)
    void whatCannotBeUsedIsSaidAndNotKept() {
        assertThatThrownBy(() -> databases().adopt(described().build()).await(DatabaseSite.PATIENCE))
                .isInstanceOfSatisfying(DokployException.class, refused -> {
                    var remedy = refused.failure().remedy();
                    assertThat(remedy).endsWith(" " + server.name());
                    DockerCli.run(
                            remedy.substring(remedy.indexOf("network connect")).split(" "));
                });
        assertThatThrownBy(() -> databases()
                        .adopt(described()
                                .login("shop-user", Secret.of("wrong-4711"))
                                .build())
                        .await(DatabaseSite.PATIENCE))
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong-4711");
        assertThat(databases().list()).isEmpty();
        assertThat(companions()).isEmpty();
    }

    @Test
    @Order(2)
    void itIsAdoptedAndApplicationsUseIt() throws IOException {
        var adopted = databases().adopt(described().build()).await(DatabaseSite.PATIENCE);
        assertThat(adopted.adopted()).isTrue();
        assertThat(adopted.engineVersion()).as("asked of the server").isEqualTo("15");
        assertThat(databases().isReady("legacy-db")).isTrue();
        assertThat(site.run("legacy-db", "SELECT n FROM seen;")).contains("4711");
        assertThat(databases()
                        .run("legacy-db", "SELECT twice(4);", Duration.ofMinutes(1))
                        .output())
                .contains("8");

        site.client().applications().create(user());
        site.client().applications().deploy("shop").await(DatabaseSite.PATIENCE);
        assertThat(databases().usedBy("legacy-db")).containsExactly("shop");
        try (var session = site.client()
                .applications()
                .exec("shop", ExecRequest.of("sh", "-c", "psql -At -c 'SELECT n FROM seen' \"$DATABASE_URL\""))) {
            assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("4711\n");
        }
        site.client().applications().delete("shop", DeleteRequest.withVolumes()).await(DatabaseSite.PATIENCE);
    }

    @Test
    @Order(3)
    void itIsBackedUpAndProvenInAScratchDatabaseOfItsVersion() throws IOException {
        backup = site.client().backups().backUp("legacy-db", "folder").await(DatabaseSite.PATIENCE);
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().countsExact()).isTrue();
        assertThat(backup.backup().counts()).containsValue(4711L).containsValue(3L);
        assertThat(backup.verification())
                .hasValueSatisfying(
                        verification -> assertThat(verification.image()).isEqualTo("postgres:15"));

        var exported = new ByteArrayOutputStream();
        assertThat(databases().exportDump("legacy-db", exported).bytes()).isEqualTo(exported.size());
        assertThat(exported.toString(StandardCharsets.ISO_8859_1)).startsWith("PGDMP");
    }

    @Test
    @Order(4)
    void itIsRestoredIntoOneOfOursOfANewerVersionWithAllOwners() {
        var copy = DatabaseSpec.named("copy", PostgresSettings.defaults()).build();
        site.client().backups().restoreAsNew(backup.backup().id(), copy).await(DatabaseSite.PATIENCE);

        var expected = site.run("legacy-db", LOOK);
        assertThat(expected).contains("shop-user").contains("owner'of\"").contains("42");
        assertThat(site.run("copy", LOOK)).isEqualTo(expected);
        assertThat(site.run("copy", "SHOW statement_timeout; SELECT current_user, current_database();"))
                .contains("1h")
                .contains("app");
        assertThat(databases().isReady("copy"))
                .as("with the password that it was made with")
                .isTrue();
    }

    @Test
    @Order(5)
    void itIsForgottenAndRunsAsBefore() {
        databases().delete("legacy-db", DeleteRequest.keepingVolumes()).await(DatabaseSite.PATIENCE);
        assertThat(databases().find("legacy-db")).isEmpty();
        assertThat(site.client().backups().list("legacy-db")).hasSize(1);
        assertThat(companions()).isEmpty();
        assertThat(server.state()).isEqualTo(before);
        assertThat(server.run("\\connect \"shop.db-1\"\nSELECT n FROM seen;\n")).contains("4711");
    }

    private static AdoptedDatabase.Builder described() {
        return AdoptedDatabase.named("legacy-db", PostgresSettings.defaults())
                .inContainerLabelled(ForeignServer.LABEL, server.name())
                .login("shop-user", PASSWORD)
                .database("shop.db-1");
    }

    private static ApplicationSpec user() {
        return ApplicationSpec.named("shop")
                .source(ImageSource.of("postgres:17").pull(ImageSource.Pull.MISSING))
                .command("sleep", "infinity")
                .arguments()
                .env("DATABASE_URL", "${{database.legacy-db.url}}")
                .health(new HealthCheck.Command(List.of("sh", "-c", "psql -c 'SELECT 1' \"$DATABASE_URL\"")))
                .healthyWithin(Duration.ofSeconds(20))
                .stopGrace(Duration.ZERO)
                .build();
    }

    private static List<String> companions() {
        return DockerCli.containers("io.dokploy.role=database-tools");
    }

    private static Databases databases() {
        return site.client().databases();
    }
}
