package io.dokploy.database.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.Resources;
import io.dokploy.api.database.AdoptedDatabase;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.api.value.SettingsDocument;
import io.dokploy.api.value.Tree;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.Login;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How MongoDB is described, after the documentation of its image, its server and its tools. */
class MongoProvisionerTest {

    private static final Login LOGIN = new Login("app", Secret.of("p'ss/word 4711"), "shop");

    private final MongoProvisioner mongo = new MongoProvisioner();

    @Test
    void itIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseProvisioner.class))
                .extracting(DatabaseProvisioner::id)
                .contains("mongo");
    }

    @Test
    void theToolsGetThePasswordFromAConfigurationFile() {
        var dump = mongo.dump(spec().build(), "7", LOGIN).get(0).command();
        assertThat(dump.arguments())
                .containsExactly(
                        "mongodump",
                        "--config=/dev/stdin",
                        "--host=127.0.0.1",
                        "--port=27017",
                        "--username=app",
                        "--authenticationDatabase=admin",
                        "--archive");
        assertThat(dump.input()).contains(Secret.of("password: 'p''ss/word 4711'\n"));
        assertThat(mongo.restore("data", "7", LOGIN).arguments())
                .contains("mongorestore", "--config=/run/dokploy/mongo-tools.yaml", "--archive", "--stopOnError");
        assertThat(mongo.blueprint(spec().build(), "7", LOGIN).files())
                .filteredOn(file -> file.path().equals("/run/dokploy/mongo-tools.yaml"))
                .allSatisfy(file -> assertThat(file.mode()).isEqualTo(0400))
                .hasSize(1);
    }

    @Test
    void aReplicaSetHasAKeyFileOfTheServersUserAndIsDumpedWithItsOplog() {
        var spec = DatabaseSpec.named("shop-db", MongoSettings.defaults().replicaSet())
                .build();
        var blueprint = mongo.blueprint(spec, "8", LOGIN);
        assertThat(blueprint.arguments())
                .containsSubsequence("mongod", "--replSet", "rs0", "--keyFile", "/run/dokploy/mongo-key");
        assertThat(blueprint.files())
                .filteredOn(file -> file.path().equals("/run/dokploy/mongo-key"))
                .first()
                .satisfies(file -> {
                    assertThat(file.mode()).isEqualTo(0400);
                    assertThat(file.owner()).isEqualTo(999);
                    assertThat(file.content().reveal()).matches("[A-Za-z0-9+/=]{6,1024}");
                });
        assertThat(blueprint.ready().arguments()).anyMatch(argument -> argument.contains("replSetInitiate"));
        DumpPart part = mongo.dump(spec, "8", LOGIN).get(0);
        assertThat(part.command().arguments()).contains("--oplog");
        assertThat(mongo.restore(part.name(), "8", LOGIN).arguments()).contains("--oplogReplay");
        assertThat(mongo.restore("data", "8", LOGIN).arguments()).doesNotContain("--oplogReplay");
    }

    @ParameterizedTest
    @CsvSource({"4,1.50", "1,0.25", "32,15.50"})
    void halfOfItsMemoryBeyondAGibibyteIsForTheCacheUnlessTheUserSaysOtherwise(int gibibytes, String cache) {
        var limited = spec().resources(Resources.unlimited().memory(ByteSize.gibibytes(gibibytes)));
        assertThat(mongo.blueprint(limited.build(), "7", LOGIN).arguments())
                .contains("--wiredTigerCacheSizeGB=" + cache);
        assertThat(mongo.blueprint(
                                limited.parameter("wiredTigerCacheSizeGB", "2").build(), "7", LOGIN)
                        .arguments())
                .contains("--wiredTigerCacheSizeGB=2")
                .doesNotContain("--wiredTigerCacheSizeGB=" + cache);
    }

    @Test
    void parametersAreOptionsOfTheServer() {
        var spec = spec().parameter("maxConns", "100")
                .parameter("setParameter.ttlMonitorSleepSecs", "30")
                .build();
        assertThat(mongo.blueprint(spec, "7", LOGIN).arguments())
                .containsSubsequence("--maxConns=100", "--setParameter", "ttlMonitorSleepSecs=30");
    }

    @Test
    void whatTheImageAndThePluginDecideIsRefusedAllAtOnce() {
        var spec = spec().parameter("keyFile", "/x")
                .parameter("fork", "")
                .database("admin")
                .initScript("10-tables.sql", "")
                .build();
        assertThatThrownBy(() -> mongo.check(spec, "4.4"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("keyFile")
                .hasMessageContaining("fork")
                .hasMessageContaining("admin")
                .hasMessageContaining("10-tables.sql")
                .hasMessageContaining("version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4", "5", "latest", "v8"})
    void versionsThatAreTooOldOrUnknownAreRefused(String version) {
        assertThatThrownBy(() -> mongo.check(spec().build(), version)).isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void itsUrlHasThePasswordEncodedAndSaysWhereUsersAre() {
        assertThat(mongo.connection(LOGIN, "shop-db", 27017).url().reveal())
                .isEqualTo("mongodb://app:p%27ss%2Fword%204711@shop-db:27017/shop"
                        + "?authSource=admin&directConnection=true");
        assertThat(mongo.connection(LOGIN, "::1", 27017).url().reveal()).contains("@[::1]:27017/");
    }

    @Test
    void anArchiveOfAnotherPlatformGoesIntoTheLoginsDatabase() {
        var archive = new byte[] {0x6d, (byte) 0xe2, (byte) 0x99, (byte) 0x81, 0x42};
        assertThat(mongo.readDump(archive, "7", LOGIN).orElseThrow().arguments())
                .contains("--nsFrom=$db$.$coll$", "--nsTo=shop.$coll$", "--nsExclude=admin.*");
        assertThat(mongo.readDump("REDIS0012".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "7", LOGIN))
                .isEmpty();
        assertThat(mongo.readDump(new byte[2], "7", LOGIN)).isEmpty();
    }

    @Test
    void ofAServerElsewhereTheOneDatabaseIsDumpedAndCounted() {
        var adopted = AdoptedDatabase.named("legacy-db", MongoSettings.defaults())
                .at("legacy", 27018)
                .login(LOGIN.user(), LOGIN.password())
                .build()
                .spec();
        var login = LOGIN.at("legacy", 27018);
        var dump = mongo.dump(adopted, "7", login).get(0);
        assertThat(dump.name()).isEqualTo("data");
        assertThat(dump.command().arguments()).contains("--host=legacy", "--port=27018", "--db=shop");
        assertThat(mongo.dump(spec().build(), "7", LOGIN).get(0).command().arguments())
                .noneMatch(argument -> argument.startsWith("--db"));
        assertThat(mongo.counts(login).arguments())
                .noneMatch(argument -> argument.contains("listDatabases"))
                .anyMatch(argument -> argument.contains("countDocuments"));
        assertThat(mongo.counts(LOGIN).arguments()).anyMatch(argument -> argument.contains("listDatabases"));
    }

    @ParameterizedTest
    @CsvSource({"8.0.4,8", "7.0.42,7", "4.4.29,", "no mongo,"})
    void itsToolsAreOfTheMajorVersionOfAServerElsewhere(String told, @Nullable String tag) {
        assertThat(mongo.tagFor(told)).isEqualTo(Optional.ofNullable(tag));
    }

    @Test
    void noPasswordIsInAnArgument() {
        var user = new Login("bob", Secret.of("bobs-4711"), "shop");
        var commands = java.util.List.of(
                mongo.client(LOGIN),
                mongo.changePassword(LOGIN, "app", Secret.of("other-4711")).get(0),
                mongo.createUser(LOGIN, user),
                mongo.dropUser(LOGIN, "bob", java.util.List.of("shop")).get(0),
                mongo.users(LOGIN),
                mongo.portableDump("7", LOGIN).command());
        assertThat(commands)
                .allSatisfy(
                        command -> assertThat(command.arguments()).noneMatch(argument -> argument.contains("4711")));
    }

    @Test
    void settingsAreReadBackAndNewerOnesRefused() {
        assertThat(MongoSettings.read(MongoSettings.defaults().replicaSet().toDocument())
                        .isReplicaSet())
                .isTrue();
        assertThat(MongoSettings.read(MongoSettings.defaults().toDocument()).isReplicaSet())
                .isFalse();
        var newer = new SettingsDocument(
                "mongo", 1, Tree.branch().put("shards", true).build());
        assertThatThrownBy(() -> MongoSettings.read(newer))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("shards");
    }

    private static DatabaseSpec.Builder spec() {
        return DatabaseSpec.named("shop-db", MongoSettings.defaults());
    }
}
