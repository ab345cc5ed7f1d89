package io.dokploy.database.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.Resources;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.Login;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Redis is described: configuration, users, where its dump goes. */
class RedisProvisionerTest {

    private static final Login LOGIN = new Login("app", Secret.of("p@ss/word 4711"), "app");

    private final RedisProvisioner redis = new RedisProvisioner();

    @Test
    void itIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseProvisioner.class))
                .extracting(DatabaseProvisioner::id)
                .contains("redis");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,no,'save \"\"',dump.rdb",
        "RDB,no,save 3600,dump.rdb",
        "AOF,yes,'save \"\"',appendonlydir/appendonly.aof.1.base.rdb",
        "RDB_AND_AOF,yes,save 3600,appendonlydir/appendonly.aof.1.base.rdb"
    })
    void theDumpGoesWhereAServerThatKeepsItsDataSoLooksForIt(
            Persistence persistence, String log, String save, String seed) {
        var spec = spec(RedisSettings.defaults().persistence(persistence)).build();
        assertThat(configuration(spec)).contains("appendonly " + log + "\n").contains(save);
        assertThat(redis.seed("data", spec).file()).isEqualTo(seed);
    }

    @Test
    void threeQuartersOfItsMemoryAreForDataUnlessTheUserSaysOtherwise() {
        var limited =
                spec(RedisSettings.defaults()).resources(Resources.unlimited().memory(ByteSize.gibibytes(1)));
        assertThat(configuration(limited.build())).contains("maxmemory 805306368\n");
        assertThat(configuration(limited.parameter("maxmemory", "100mb").build()))
                .contains("maxmemory 100mb\n")
                .doesNotContain("805306368");
    }

    @Test
    void usersAreInAFileWithHashesOfTheirPasswords() {
        var spec = spec(RedisSettings.defaults().user("reporter", "~public:* +@read", Secret.of("reads-only-4711")))
                .build();
        var users = redis.blueprint(spec, "8", LOGIN).files().get(1).content();
        assertThat(users).isInstanceOf(Secret.class);
        assertThat(users.reveal())
                .contains("user default on #")
                .contains("user app on #")
                .containsPattern("user reporter on #[0-9a-f]{64} ~public:\\* \\+@read\n")
                .doesNotContain("4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requirepass", "dir", "AppendOnly", "include", "user", "save"})
    void whatThePluginDecidesIsNoParameter(String parameter) {
        var spec = spec(RedisSettings.defaults()).parameter(parameter, "x").build();
        assertThatThrownBy(() -> redis.check(spec, "8"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(parameter.toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2", "latest", "v8", "0"})
    void versionsThatAreTooOldOrUnknownAreRefused(String version) {
        assertThatThrownBy(() -> redis.check(spec(RedisSettings.defaults()).build(), version))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+@all >secret", "nopass +@all", "+@all RESET", "~* #1234", "+get\nuser eve on"})
    void rulesOfAUserHoldNoPasswordAndNoOtherLine(String rules) {
        assertThatThrownBy(() -> RedisSettings.defaults().user("eve", rules, Secret.of("long-enough-4711")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("users.eve");
    }

    @Test
    void anotherPasswordIsInNoArgument() {
        var commands = redis.changePassword(LOGIN.at("cache", 6379), "app", Secret.of("other-4711-secret"));
        assertThat(commands).hasSize(2).allSatisfy(command -> {
            assertThat(command.arguments())
                    .contains("-h", "cache")
                    .noneMatch(argument -> argument.contains("4711") || argument.matches(".*[0-9a-f]{64}.*"));
            assertThat(command.input().orElseThrow()).isInstanceOf(Secret.class);
        });
    }

    @Test
    void theSnapshotOfAServerElsewhereGoesThroughAFile() {
        var spec = spec(RedisSettings.defaults()).build();
        assertThat(redis.dump(spec, "8", LOGIN).get(0).command().arguments()).endsWith("--rdb", "-");
        var command = redis.dump(spec, "8", LOGIN.at("legacy", 6380)).get(0).command();
        assertThat(command.arguments())
                .startsWith("sh", "-c")
                .containsSubsequence("redis-cli", "-h", "legacy", "-p", "6380", "--rdb", "/tmp/dokploy-snapshot.rdb")
                .noneMatch(argument -> argument.contains("4711"));
        assertThat(command.environment()).containsEntry("REDISCLI_AUTH", LOGIN.password());
    }

    @ParameterizedTest
    @CsvSource({"8.0.2,8", "7.4.1,7", "6.2.14,", "5.7,", "no redis,"})
    void itsToolsAreOfTheMajorVersionOfAServerElsewhere(String told, @Nullable String tag) {
        assertThat(redis.tagFor(told)).isEqualTo(Optional.ofNullable(tag));
    }

    @ParameterizedTest
    @EnumSource
    void settingsAreReadBack(Persistence persistence) {
        var settings = RedisSettings.defaults()
                .persistence(persistence)
                .user("reporter", "+@read", Secret.of("reads-only-4711"))
                .toDocument();
        var read = RedisSettings.read(settings);
        assertThat(read.persistence()).isEqualTo(persistence);
        assertThat(read.rules()).containsEntry("reporter", "+@read");
        assertThat(read.toDocument()).isEqualTo(settings);
    }

    @Test
    void newerSettingsAndUnknownModesAreRefused() {
        var newer = new SettingsDocument(
                "redis",
                1,
                Tree.branch().put("cluster", true).put("persistence", "tape").build());
        assertThatThrownBy(() -> RedisSettings.read(newer))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("cluster")
                .hasMessageContaining("persistence");
    }

    private String configuration(DatabaseSpec spec) {
        return redis.blueprint(spec, "8", LOGIN).files().get(0).content().reveal();
    }

    private static DatabaseSpec.Builder spec(RedisSettings settings) {
        return DatabaseSpec.named("cache", settings);
    }
}
