package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.Databases;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.value.PluginSettings;
import io.dokploy.api.value.Secret;
import io.dokploy.core.Plugins;
import io.dokploy.database.mongo.MongoProvisioner;
import io.dokploy.database.mongo.MongoSettings;
import io.dokploy.database.redis.RedisProvisioner;
import io.dokploy.database.redis.RedisSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed password is the only one, also after the next start, with engines that keep it in files of their own. */
class ChangedPasswordIT {

    private static final Secret FORMER = Secret.of("the-former-4711");
    private static final Secret CHANGED = Secret.of("the-'changed'-4711");

    @TempDir
    static Path directory;

    private static DatabaseSite site;

    @BeforeAll
    static void open() {
        site = new DatabaseSite(
                directory, builder -> builder.plugins(Plugins.of(new RedisProvisioner(), new MongoProvisioner())));
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void ofRedisAlsoOfItsDefaultUser() {
        var settings = RedisSettings.defaults().user("reporter", "~public:* +@read", Secret.of("reads-only-4711"));
        changed("cache", settings, "SET public:kept 4711\n", "GET public:kept\n");
        assertUsersOfRedis();
        afterTheNextStart("cache", "GET public:kept\n");
        assertUsersOfRedis();
    }

    private static void assertUsersOfRedis() {
        var container = DockerCli.containerOf("cache");
        assertThat(redis(container, CHANGED.reveal(), "default")).contains("PONG");
        assertThat(redis(container, FORMER.reveal(), "default")).doesNotContain("PONG");
        assertThat(redis(container, FORMER.reveal(), "app")).doesNotContain("PONG");
        assertThat(redis(container, "reads-only-4711", "reporter")).contains("NOPERM");
    }

    @Test
    void ofMongo() {
        changed("documents", MongoSettings.defaults(), "db.kept.insertOne({n: 4711});", "print(db.kept.findOne().n);");
        afterTheNextStart("documents", "print(db.kept.findOne().n);");
    }

    private static void changed(String name, PluginSettings settings, String write, String read) {
        Databases databases = site.client().databases();
        databases
                .create(DatabaseSpec.named(name, settings).password(FORMER).build())
                .await(DatabaseSite.PATIENCE);
        site.run(name, write);
        databases.changePassword(name, CHANGED).await(DatabaseSite.PATIENCE);
        assertThat(databases.connection(name).password()).isEqualTo(CHANGED);
        assertThat(site.run(name, read)).contains("4711");
    }

    private static void afterTheNextStart(String name, String read) {
        Databases databases = site.client().databases();
        databases.stop(name).await(DatabaseSite.PATIENCE);
        databases.start(name).await(DatabaseSite.PATIENCE);
        assertThat(site.run(name, read)).contains("4711");
        assertThat(DockerCli.run("inspect", DockerCli.containerOf(name))).doesNotContain("4711");
    }

    private static String redis(String container, String password, String user) {
        return DockerCli.run(
                "exec", "--env", "REDISCLI_AUTH=" + password, container, "redis-cli", "--user", user, "PING");
    }
}
