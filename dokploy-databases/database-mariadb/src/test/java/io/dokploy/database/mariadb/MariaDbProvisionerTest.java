package io.dokploy.database.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.database.DatabaseSpec;
import io.dokploy.api.database.DatabaseTls;
import io.dokploy.api.error.InvalidSpecException;
import io.dokploy.api.route.Tls;
import io.dokploy.api.value.Secret;
import io.dokploy.spi.database.DatabaseProvisioner;
import io.dokploy.spi.database.DumpPart;
import io.dokploy.spi.database.Login;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where MariaDB differs from MySQL. */
class MariaDbProvisionerTest {

    private static final Login LOGIN = new Login("app", Secret.of("password-4711"), "shop");

    private final MariaDbProvisioner mariadb = new MariaDbProvisioner();

    @Test
    void itIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseProvisioner.class))
                .extracting(DatabaseProvisioner::id)
                .contains("mariadb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.11", "11.4.8-noble", "11.8", "12.0"})
    void versionsThatAreKnownPass(String version) {
        assertThatCode(() -> mariadb.check(spec().build(), version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.6", "11", "lts", "9.7"})
    void versionsThatAreTooOldOrWithoutTheirSecondNumberAreRefused(String version) {
        assertThatThrownBy(() -> mariadb.check(spec().build(), version))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(version);
    }

    @Test
    void tlsIsRequiredOnlyWhereItsOwnToolsUseItAndParametersCannotUndoIt() {
        var certificate = Tls.certificate("the chain", Secret.of("the key"));
        var required = spec().publish("127.0.0.1", 3306, DatabaseTls.required("db.example.com", certificate));
        assertThatCode(() -> mariadb.check(required.build(), "11.4")).doesNotThrowAnyException();
        assertThatThrownBy(() -> mariadb.check(required.build(), "10.11")).hasMessageContaining("cannot require it");
        assertThatThrownBy(() -> mariadb.check(
                        required.parameter("require-secure-transport", "OFF")
                                .parameter("ssl_key", "/elsewhere")
                                .build(),
                        "11.8"))
                .hasMessageContaining("parameters.require-secure-transport")
                .hasMessageContaining("parameters.ssl_key");
    }

    @Test
    void allOfUnicodeIsKeptUnlessTheUserSaysOtherwise() {
        assertThat(mariadb.blueprint(spec().build(), "10.11", LOGIN).arguments())
                .startsWith("mariadbd")
                .contains("--character_set_server=utf8mb4");
        var latin = spec().parameter("character-set-server", "latin1").build();
        assertThat(mariadb.blueprint(latin, "10.11", LOGIN).arguments())
                .contains("--character-set-server=latin1")
                .doesNotContain("--character_set_server=utf8mb4");
    }

    @Test
    void aDumpHasUsersAndTheirGrantsButNotThePasswordOfTheDatabasesOwn() {
        var parts = mariadb.dump(spec().build(), "11.8", LOGIN);
        assertThat(parts).extracting(DumpPart::name).containsExactly("users", "grants", "data");
        assertThat(parts.get(0).command().arguments())
                .contains("--where=User NOT IN ('root', 'mariadb.sys', 'app')")
                .endsWith("mysql", "global_priv");
        assertThat(parts.get(2).command().arguments())
                .contains("--dump-history")
                .endsWith("shop");
    }

    @Test
    void whatTheServerIsToldOfAPasswordIsItsHash() {
        var commands = mariadb.changePassword(LOGIN, "app", Secret.of("mariadb"));
        assertThat(commands)
                .singleElement()
                .satisfies(command -> assertThat(command.input().orElseThrow().reveal())
                        .contains("USING '*54958E764CE10E50764C2EECBB71D01F08549980'")
                        .doesNotContain("'mariadb'"));
        assertThat(mariadb.blueprint(spec().build(), "11.8", LOGIN).files())
                .noneMatch(file -> file.content().reveal().contains("password-4711"));
    }

    @Test
    void aStatementThatFailsIsNotShown() {
        assertThat(mariadb.client(LOGIN).arguments()).contains("--skip-print-query-on-error");
    }

    @Test
    void driversFindItByItsUrls() {
        var connection = mariadb.connection(LOGIN, "shop-db", 3306);
        assertThat(connection.url().reveal()).isEqualTo("mysql://app:password-4711@shop-db:3306/shop");
        assertThat(connection.jdbcUrl()).contains("jdbc:mariadb://shop-db:3306/shop");
    }

    private static DatabaseSpec.Builder spec() {
        return DatabaseSpec.named("shop-db", MariaDbSettings.defaults());
    }
}
