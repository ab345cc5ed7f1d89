package io.dokploy.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.application.Resources;
import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.value.ByteSize;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.Login;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How MySQL is described: versions, files, command lines. */
class MySqlProvisionerTest {

    private static final Login LOGIN = new Login("app", Secret.of("it's a \\ password"), "shop");

    private final MySqlProvisioner mysql = new MySqlProvisioner();

    @Test
    void itIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseProvisioner.class))
                .extracting(DatabaseProvisioner::id)
                .contains("mysql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0", "8.4.6", "9", "9.7-oraclelinux9"})
    void versionsThatAreKnownPass(String version) {
        assertThatCode(() -> mysql.check(spec().build(), version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7", "lts", "latest"})
    void versionsThatAreTooOldOrUnknownAreRefused(String version) {
        assertThatThrownBy(() -> mysql.check(spec().build(), version))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(version);
    }

    @Test
    void itsOwnNamesAreNotForUsers() {
        var spec = spec().user("ROOT").database("mysql").parameter("event-scheduler", "disabled");
        assertThatThrownBy(() -> mysql.check(spec.build(), "9"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("user")
                .hasMessageContaining("database")
                .hasMessageContaining("event-scheduler");
    }

    @ParameterizedTest
    @CsvSource({"512,134217728", "1024,536870912", "8192,4294967296"})
    void halfOfItsMemoryIsForTheBufferPoolAndLessOfLittle(int mebibytes, long pool) {
        var spec = spec().resources(Resources.unlimited().memory(ByteSize.mebibytes(mebibytes)));
        assertThat(arguments(spec)).contains("--innodb_buffer_pool_size=" + pool);
    }

    @Test
    void whatTheUserSaysWinsInEitherSpelling() {
        var spec = spec().resources(Resources.unlimited().memory(ByteSize.gibibytes(1)))
                .parameter("innodb-buffer-pool-size", "64M")
                .parameter("max_allowed_packet", "16M");
        assertThat(arguments(spec))
                .contains("--innodb-buffer-pool-size=64M", "--max_allowed_packet=16M")
                .filteredOn(argument -> argument.matches(".*(pool.size|packet).*"))
                .hasSize(2);
    }

    @Test
    void theEnginesOwnUsersAndDatabasesAreLeftAlone() {
        assertThatThrownBy(() -> mysql.dropDatabase(LOGIN, "MySQL")).isInstanceOf(InvalidSpecException.class);
        assertThatThrownBy(() -> mysql.dropUser(LOGIN, "root", List.of())).isInstanceOf(InvalidSpecException.class);
        assertThatThrownBy(() -> mysql.createUser(LOGIN, new Login("root", LOGIN.password(), "shop")))
                .isInstanceOf(InvalidSpecException.class);
        assertThatThrownBy(() -> mysql.changePassword(LOGIN, "root", LOGIN.password()))
                .isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void aUserOfOneDatabaseHasNoRightsInThoseThatALineInItsNameWouldMatch() {
        var user = new Login("bob", LOGIN.password(), "team_1");
        assertThat(mysql.createUser(LOGIN, user).input().orElseThrow().reveal()).contains("ON `team\\_1`.*");
    }

    @Test
    void aPasswordIsQuotedInTheStatementThatMakesItsUser() {
        assertThat(mysql.blueprint(spec().build(), "9", LOGIN).files())
                .filteredOn(file -> file.path().endsWith(".sql"))
                .singleElement()
                .extracting(Blueprint.File::content)
                .satisfies(content -> assertThat(content)
                        .isInstanceOf(Secret.class)
                        .extracting(value -> ((Secret) value).reveal())
                        .asString()
                        .contains("'app'@'%' IDENTIFIED BY 'it''s a \\\\ password';"));
    }

    @Test
    void theUsersOwnScriptsRunAfterItsUserIsMade() {
        var spec =
                spec().initScript("10-tables.sql", "CREATE TABLE t (id int);").build();
        assertThat(mysql.blueprint(spec, "9", LOGIN).files())
                .extracting(Blueprint.File::path)
                .containsSubsequence(
                        "/docker-entrypoint-initdb.d/00-dokploy-user.sql", "/docker-entrypoint-initdb.d/10-tables.sql");
    }

    @ParameterizedTest
    @CsvSource({"9,true", "9.3,true", "9.7.4,true", "10.0,true", "9.2,false", "8.4,false", "8,false"})
    void usersAreDumpedWhereTheToolCan(String version, boolean users) {
        assertThat(mysql.dump(spec().build(), version, LOGIN))
                .extracting(DumpPart::name)
                .isEqualTo(users ? List.of("data", "users") : List.of("data"));
    }

    @Test
    void aDumpIsOfOneMomentWithAllThatADatabaseHas() {
        assertThat(mysql.dump(spec().build(), "9", LOGIN).get(0).command().arguments())
                .contains("--single-transaction", "--routines", "--events", "--triggers", "--hex-blob")
                .endsWith("shop");
    }

    @Test
    void driversFindItByItsUrls() {
        var connection = mysql.connection(LOGIN, "shop-db", 3306);
        assertThat(connection.url().reveal()).isEqualTo("mysql://app:it%27s%20a%20%5C%20password@shop-db:3306/shop");
        assertThat(connection.jdbcUrl()).contains("jdbc:mysql://shop-db:3306/shop");
    }

    private List<String> arguments(DatabaseSpec.Builder spec) {
        return mysql.blueprint(spec.build(), "9", LOGIN).arguments();
    }

    private static DatabaseSpec.Builder spec() {
        return DatabaseSpec.named("shop-db", MySqlSettings.defaults());
    }
}
