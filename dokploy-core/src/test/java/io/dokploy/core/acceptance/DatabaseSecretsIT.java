package io.dokploy.core.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.Client;
import io.dokploy.api.database.AdoptedDatabase;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.backup.local.LocalSettings;
import io.dokploy.core.BackupKey;
import io.dokploy.core.FreePort;
import io.dokploy.core.SelfSignedCertificate;
import io.dokploy.core.backup.SeaweedServer;
import io.dokploy.database.mariadb.MariaDbSettings;
import io.dokploy.database.postgres.PostgresSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords of databases, the backup key and the key of the place are seen nowhere while databases are worked on. */
class DatabaseSecretsIT {

    private static final String PASSWORD = "database+Rq7/x&Secret?12";
    private static final String CHANGED = "changed%Kp3=Secret/45~6";
    private static final String S3 = "bucket+Wm9/Secret=78";
    private static final String WRONG_S3 = "refused+Vb5/Secret=90";
    private static final BackupKey KEY = BackupKey.generate();
    private static final Tls.Own CERTIFICATE = SelfSignedCertificate.of(Duration.ofDays(1), "localhost");

    @TempDir
    static Path directory;

    private static final ByteArrayOutputStream SAID = new ByteArrayOutputStream();
    private static PrintStream out;
    private static PrintStream err;
    private static CommandLines commandLines;
    private static SeaweedServer server;
    private static Site site;
    private static Containers containers;
    private final SecretSearch search = new SecretSearch(
            List.of(PASSWORD, CHANGED, S3, WRONG_S3, KEY.identity().reveal(), partOfTheKey(CERTIFICATE)));

    @BeforeAll
    static void open() throws Exception {
        out = System.out;
        err = System.err;
        System.setOut(new PrintStream(SAID, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(SAID, true, StandardCharsets.UTF_8));
        commandLines = new CommandLines();
        server = new SeaweedServer(S3);
        site = new Site(directory.resolve("site"), builder -> builder.backupKey(KEY));
        containers = new Containers(site.instance());
        var backups = site.client().backups();
        backups.putTarget("bucket", server.bucket("backups"));
        backups.putTarget("folder", LocalSettings.of(Files.createDirectory(directory.resolve("folder"))));
    }

    @AfterAll
    static void close() throws Exception {
        System.setOut(out);
        System.setErr(err);
        containers.close();
        site.close();
        server.close();
        commandLines.close();
    }

    @Test
    void inBackupsProofsRestoresAndChangesOfThePassword() {
        create("pg-db", PostgresSettings.defaults());
        create("maria-db", MariaDbSettings.defaults());
        publishAnew("pg-db");
        client().databases().changePassword("pg-db", Secret.of(CHANGED)).await(Site.PATIENCE);
        backUpAndRestore("pg-db", "bucket");
        backUpAndRestore("maria-db", "folder");
        anAdoptedOne();
        aPlaceThatRefuses();

        assertThat(containers.seen()).contains("scratch", "pg-db", "maria-db", "database-tools");
        assertThat(commandLines.seen()).contains("psql -X", "mariadb --user=app");
        search();
        assertThat(search.found()).isEmpty();
    }

    private static void create(String name, PluginSettings engine) {
        client().databases()
                .create(DatabaseSpec.named(name, engine)
                        .publish("127.0.0.1", FreePort.next(), DatabaseTls.offered("localhost", CERTIFICATE))
                        .password(Secret.of(PASSWORD))
                        .build())
                .await(Site.PATIENCE);
    }

    /** The second line, for the first one is much the same in all keys. */
    private static String partOfTheKey(Tls.Own certificate) {
        return certificate.key().reveal().lines().skip(2).findFirst().orElseThrow();
    }

    private static void publishAnew(String name) {
        var database = client().databases().get(name);
        var spec = database.spec().toBuilder()
                .publish("127.0.0.1", FreePort.next(), DatabaseTls.required("localhost", CERTIFICATE))
                .build();
        client().databases().update(name, database.version(), spec).await(Site.PATIENCE);
        assertThat(client().databases().externalConnection(name).orElseThrow().caCertificate())
                .contains(CERTIFICATE.chain());
    }

    private static void backUpAndRestore(String database, String place) {
        var backups = client().backups();
        var backup = backups.backUp(database, place).await(Site.PATIENCE);
        assertThat(backup.proven()).isTrue();
        backups.restore(backup.backup().id(), database).await(Site.PATIENCE);
    }

    /** Somebody else's, for all that is known of it. */
    private void anAdoptedOne() {
        var databases = client().databases();
        var adopted =
                AdoptedDatabase.named("adopted-db", PostgresSettings.defaults()).at("pg-db", 5432);
        saidBy(() -> databases
                .adopt(adopted.login("app", Secret.of(PASSWORD)).build())
                .await(Site.PATIENCE));
        databases.adopt(adopted.login("app", Secret.of(CHANGED)).build()).await(Site.PATIENCE);
        databases.usePassword("adopted-db", Secret.of(CHANGED)).await(Site.PATIENCE);
        assertThat(databases.run("adopted-db", "SELECT 4711;", Site.PATIENCE).output())
                .contains("4711");
        try (var session = databases.client("adopted-db")) {
            await().atMost(Site.PATIENCE).until(() -> containers.seen().contains("database-tools"));
        }
        assertThat(client().backups()
                        .backUp("adopted-db", "folder")
                        .await(Site.PATIENCE)
                        .proven())
                .isTrue();
    }

    private void aPlaceThatRefuses() {
        var backups = client().backups();
        backups.putTarget("refusing", server.bucket("backups", WRONG_S3));
        saidBy(() -> backups.test("refusing"));
        saidBy(() -> backups.backUp("pg-db", "refusing").await(Site.PATIENCE));
    }

    private void saidBy(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var failure = catchThrowable(call);
        assertThat(failure).isNotNull();
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        search.in("the error", trace.toString());
    }

    private void search() {
        search.in("the output of this JVM", SAID.toString(StandardCharsets.UTF_8));
        for (var operation : client().operations().list(100)) {
            search.in(
                    "the log of " + operation.id(),
                    String.join(
                            "\n",
                            client().operations().get(operation.id()).log().lines()));
            search.in("the record of " + operation.id(), operation.toString());
        }
        site.dokploy().events().read(0, 10_000).forEach(event -> search.in("an event", event.toString()));
        search.in("the catalogue", client().backups().list("pg-db").toString());
        search.in("the database", client().databases().get("pg-db").toString());
        search.in("the arguments of programs", commandLines.seen());
        search.in("the containers", containers.seen());
        search.inFiles(directory);
        search.inNewFiles(Path.of(System.getProperty("java.io.tmpdir")));
        search.inNewFiles(Path.of(System.getProperty("user.home"), ".docker"));
    }

    private static Client client() {
        return site.client();
    }
}
