package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dokploy.api.Backups;
import io.dokploy.api.backup.CataloguedBackup;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.BackupDamagedException;
import io.dokploy.api.error.ContainerExitedException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.value.Secret;
import io.dokploy.core.BackupKey;
import io.dokploy.core.Plugins;
import io.dokploy.core.database.DatabaseSite;
import io.dokploy.core.database.DockerCli;
import io.dokploy.core.database.RedisData;
import io.dokploy.database.redis.Persistence;
import io.dokploy.database.redis.RedisProvisioner;
import io.dokploy.database.redis.RedisSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis, which reads its dump before it starts: what is restored is what was there, or nothing changes. */
class RedisBackupIT {

    private static final String PASSWORD = "distinctive-4711-secret";

    @TempDir
    static Path directory;

    private static final TestPlace PLACE = new TestPlace();
    private static DatabaseSite site;
    private Backups backups;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory,
                builder -> builder.plugins(Plugins.of(new RedisProvisioner(), PLACE))
                        .backupKey(BackupKey.generate()));
        site.client().backups().putTarget("memory", TestPlace.settings());
        create("cache", RedisSettings.defaults());
        site.run("cache", RedisData.HOSTILE);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void backups() {
        backups = site.client().backups();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRestoredIsWhatWasThereHoweverDataIsKept(Persistence persistence) {
        var name = "cache-" + persistence.ordinal();
        create(name, RedisSettings.defaults().persistence(persistence));
        site.run(name, RedisData.HOSTILE);
        var before = site.run(name, RedisData.EVERYTHING);
        assertThat(before).contains("register_function").contains("stream");
        var backup = backUp(name);
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().counts())
                .containsEntry("db7", 1L)
                .containsEntry("~db0 expiring", 1L)
                .hasEntrySatisfying("db0", keys -> assertThat(keys).isGreaterThan(5000));
        site.run(name, "FLUSHALL\nFUNCTION FLUSH\nSET after \"the backup\"\n");
        backups.restore(backup.backup().id(), name).await(DatabaseSite.PATIENCE);
        assertThat(site.run(name, RedisData.EVERYTHING)).isEqualTo(before);
        site.client().databases().stop(name).await(DatabaseSite.PATIENCE);
        site.client().databases().start(name).await(DatabaseSite.PATIENCE);
        assertThat(site.run(name, RedisData.EVERYTHING)).isEqualTo(before);
    }

    @Test
    void keysThatExpireSinceTheBackupDoNotMakeItLookDamaged() {
        site.run("cache", "SET soon gone EX 2\n");
        var backup = backUp("cache");
        await().until(() -> site.run("cache", "EXISTS soon\n").startsWith("0"));
        assertThat(backups.verify(backup.backup().id())
                        .await(DatabaseSite.PATIENCE)
                        .proven())
                .isTrue();
    }

    @Test
    void aBackupWhileItIsWrittenToIsOfOneMoment() throws Exception {
        create("busy", RedisSettings.defaults());
        site.run("busy", "MSET first 0 second 0\n");
        CataloguedBackup backup;
        try (var session = site.client().databases().client("busy")) {
            var reading = CompletableFuture.supplyAsync(() -> count(session.stdout()));
            var writing = CompletableFuture.runAsync(() -> transfer(session.stdin()));
            await().until(() -> !site.run("busy", "GET second\n").startsWith("0"));
            backup = backUp("busy");
            assertThat(writing).as("it was written to all the time").isNotDone();
            session.close();
            writing.handle((unused, broken) -> null).join();
            reading.handle((unused, broken) -> null).join();
        }
        assertThat(backup.proven()).isTrue();
        assertThat(backup.backup().countsExact()).isTrue();
        var sinceThen = site.run("busy", "GET first\n");
        backups.restore(backup.backup().id(), "busy").await(DatabaseSite.PATIENCE);
        var first = site.run("busy", "GET first\n");
        assertThat(Long.parseLong(first.strip())).isPositive().isLessThan(Long.parseLong(sinceThen.strip()));
        assertThat(site.run("busy", "GET second\n")).isEqualTo(first);
    }

    /** Both numbers are always the same, for whoever looks at one moment. */
    private static void transfer(OutputStream statements) {
        try {
            while (true) {
                statements.write("MULTI\nINCR first\nINCR second\nEXEC\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(InputStream answers) {
        try {
            return answers.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneFlippedBitIsFoundAndNothingIsRestored() {
        var backup = backUp("cache");
        PLACE.tamper(backup.backup().id() + "/data.rdb", content -> {
            content[content.length / 2] ^= 1;
            return content;
        });
        assertThatThrownBy(() -> backups.verify(backup.backup().id()).await(DatabaseSite.PATIENCE))
                .isInstanceOf(BackupDamagedException.class);
        assertRestoreChangesNothing(backup, "cache", BackupDamagedException.class);
    }

    @Test
    void aPlaceThatIsGoneHalfWayThroughARestoreChangesNothing() {
        var backup = backUp("cache");
        PLACE.failReadsAfter(20_000);
        try {
            assertRestoreChangesNothing(backup, "cache", DokployException.class);
        } finally {
            PLACE.heal();
        }
    }

    @Test
    void aServerThatCannotReadTheSnapshotOfANewerOneSaysSoAndTheLiveOneServesOn() {
        var backup = backUp("cache");
        site.client()
                .databases()
                .create(DatabaseSpec.named("older", RedisSettings.defaults().persistence(Persistence.RDB))
                        .image("valkey/valkey:8.1")
                        .build())
                .await(DatabaseSite.PATIENCE);
        site.run("older", "SET live data\n");
        assertThatThrownBy(() -> backups.restore(backup.backup().id(), "older").await(DatabaseSite.PATIENCE))
                .isInstanceOf(ContainerExitedException.class)
                .hasMessageContaining("RDB format version");
        assertThat(site.run("older", "GET live\n")).contains("data");
    }

    @Test
    void aServerThatIsKilledInTheMiddleOfItsDumpLeavesNoBackup() {
        create("dying", RedisSettings.defaults());
        // Much, which nobody can compress to little.
        site.run("dying", """
                EVAL "for i = 1, 20 do local t = {} for j = 1, 25000 do t[j] = redis.sha1hex(i .. j) end \
                redis.call('SET', i, table.concat(t)) end" 0
                """);
        PLACE.whenWritten(1_000_000, () -> DockerCli.run("kill", DockerCli.containerOf("dying")));
        assertThatThrownBy(() -> backUp("dying"))
                .isInstanceOf(DokployException.class)
                .hasMessageContaining("default/production/dying: redis-cli ended with exit code");
        assertThat(backups.list("dying")).isEmpty();
        assertThat(PLACE.keys()).noneMatch(key -> key.contains("/dying/"));
    }

    @Test
    void thePasswordIsNowhereButInTheEnvironmentOfTheClient() {
        var container = DockerCli.containerOf("cache");
        backUp("cache");
        assertThat(DockerCli.run("inspect", container)).doesNotContain(PASSWORD);
        assertThat(DockerCli.run("top", container, "-eo", "pid,args"))
                .contains("redis-server")
                .doesNotContain(PASSWORD);
        assertThat(DockerCli.run("exec", container, "cat", "/run/dokploy/redis.conf", "/run/dokploy/redis-users.acl"))
                .contains("user app on #")
                .doesNotContain(PASSWORD);
        for (String key : PLACE.keys()) {
            assertThat(new String(PLACE.object(key), StandardCharsets.ISO_8859_1))
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void furtherUsersMayDoWhatTheirRulesSayAlsoAfterARestore() {
        create("shared", RedisSettings.defaults().user("reporter", "~public:* +@read", Secret.of("reads-only-4711")));
        site.run("shared", "SET public:one 1\nSET private:one 2\n");
        var backup = backUp("shared");
        backups.restore(backup.backup().id(), "shared").await(DatabaseSite.PATIENCE);
        assertThat(asReporter("GET", "public:one")).contains("1");
        assertThat(asReporter("GET", "private:one")).contains("NOPERM");
        assertThat(asReporter("SET", "public:one", "2")).contains("NOPERM");
    }

    private static String asReporter(String... command) {
        var arguments = new ArrayList<>(List.of(
                "exec",
                "--env",
                "REDISCLI_AUTH=reads-only-4711",
                DockerCli.containerOf("shared"),
                "redis-cli",
                "--user",
                "reporter"));
        arguments.addAll(List.of(command));
        return DockerCli.run(arguments.toArray(String[]::new));
    }

    private void assertRestoreChangesNothing(
            CataloguedBackup backup, String name, Class<? extends DokployException> failure) {
        site.run(name, "SET since \"the backup\"\n");
        var before = site.run(name, RedisData.EVERYTHING);
        int generation = site.client().databases().get(name).generation();
        assertThatThrownBy(() -> backups.restore(backup.backup().id(), name).await(DatabaseSite.PATIENCE))
                .isInstanceOf(failure);
        assertThat(site.run(name, RedisData.EVERYTHING)).isEqualTo(before);
        assertThat(site.client().databases().get(name).generation()).isEqualTo(generation);
        site.run(name, "DEL since\n");
    }

    private CataloguedBackup backUp(String name) {
        return backups.backUp(name, "memory").await(DatabaseSite.PATIENCE);
    }

    private static void create(String name, RedisSettings settings) {
        site.client()
                .databases()
                .create(DatabaseSpec.named(name, settings)
                        .password(Secret.of(PASSWORD))
                        .build())
                .await(DatabaseSite.PATIENCE);
    }
}
