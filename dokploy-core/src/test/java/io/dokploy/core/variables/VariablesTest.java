package io.dokploy.core.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.database.DatabaseConnection;
import io.dokploy.api.error.VariableException;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VariablesTest {

    private static final DatabaseValues DATABASES = new DatabaseValues(VariablesTest::connection);

    private static Optional<DatabaseConnection> connection(String name) {
        return Optional.of(name)
                .filter("shop-db"::equals)
                .map(known -> new DatabaseConnection(
                        known,
                        6379,
                        "app",
                        Secret.of("p$1\\w"),
                        "0",
                        Secret.of("redis://app:p$1\\w@shop-db:6379"),
                        Optional.empty()));
    }

    private static Map<String, EnvironmentValue> vars(String... pairs) {
        var map = new LinkedHashMap<String, EnvironmentValue>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], EnvironmentValue.plain(pairs[i + 1]));
        }
        return map;
    }

    private static String resolved(Map<String, EnvironmentValue> application, String name) {
        return Variables.resolve(
                        vars("HOST", "db", "URL", "pg://${{HOST}}"),
                        vars("STAGE", "on ${{project.HOST}}", "DB", "${{database.shop-db.host}}"),
                        application,
                        DATABASES)
                .get(name)
                .reveal();
    }

    @Test
    void refersToProjectEnvironmentAndItself() {
        assertThat(resolved(vars("A", "${{project.URL}}/${{environment.STAGE}}/${{B}}", "B", "x"), "A"))
                .isEqualTo("pg://db/on db/x");
    }

    @Test
    void resolvesChainsInTheOrderOfTheirDependencies() {
        assertThat(resolved(vars("A", "${{B}}", "B", "${{C}}", "C", "${{project.HOST}}"), "A"))
                .isEqualTo("db");
    }

    @Test
    void spacesInsideTheBracesAreAllowed() {
        assertThat(resolved(vars("A", "${{ project.HOST }}"), "A")).isEqualTo("db");
    }

    @Test
    void aDollarInAValueIsJustADollar() {
        assertThat(resolved(vars("A", "${{B}}", "B", "$1 \\ ${X}"), "A")).isEqualTo("$1 \\ ${X}");
    }

    @Test
    void aCircleIsAnErrorThatNamesTheChain() {
        assertThatThrownBy(() -> resolved(vars("A", "${{B}}", "B", "${{C}}", "C", "${{A}}"), "A"))
                .isInstanceOf(VariableException.class)
                .hasMessageContaining("A → B → C → A");
    }

    @Test
    void anUnknownNameIsAnErrorThatNamesTheChain() {
        assertThatThrownBy(() -> resolved(vars("A", "${{B}}", "B", "${{project.NOPE}}"), "A"))
                .isInstanceOf(VariableException.class)
                .hasMessageContaining("project.NOPE")
                .hasMessageContaining("A → B → project.NOPE");
    }

    @Test
    void aProjectCannotReferToOneOfItsEnvironments() {
        assertThatThrownBy(() -> Variables.resolve(
                        vars("P", "${{environment.E}}"), vars("E", "1"), vars("A", "${{project.P}}"), DATABASES))
                .isInstanceOf(VariableException.class);
    }

    @Test
    void whatIsMadeFromASecretIsASecret() {
        var result = Variables.resolve(
                Map.of("PASSWORD", Secret.of("hunter2")),
                vars(),
                vars("URL", "pg://u:${{project.PASSWORD}}@db", "PLAIN", "x"),
                DATABASES);
        assertThat(result.get("URL")).isEqualTo(Secret.of("pg://u:hunter2@db"));
        assertThat(result.get("PLAIN")).isEqualTo(EnvironmentValue.plain("x"));
    }

    @Test
    void aReferenceToADatabaseStaysUntilAContainerIsMade() {
        var variables = vars("A", "pg ${{ database.shop-db.url }} on ${{environment.DB}}", "B", "x${{A}}", "C", "c");
        assertThat(resolved(variables, "A")).isEqualTo("pg ${{database.shop-db.url}} on ${{database.shop-db.host}}");
        var release = Map.of(
                "B",
                EnvironmentValue.plain(resolved(variables, "B")),
                "PORT",
                EnvironmentValue.plain("${{database.shop-db.port}}"),
                "C",
                EnvironmentValue.plain("$c"));
        assertThat(DatabaseValues.databases(release)).containsExactly("shop-db");
        assertThat(DATABASES.resolve(release))
                .containsEntry("B", Secret.of("xpg redis://app:p$1\\w@shop-db:6379 on shop-db"))
                .containsEntry("PORT", EnvironmentValue.plain("6379"))
                .containsEntry("C", EnvironmentValue.plain("$c"));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> resolved(
                        vars(
                                "A", "${{database.no-db.url}}",
                                "B", "${{database.shop-db.jdbcUrl}}",
                                "C", "${{database.shop-db.pasword}}",
                                "D", "${{project.NOPE}}",
                                "E", "fine"),
                        "E"))
                .isInstanceOf(VariableException.class)
                .hasMessageContaining(
                        "${{database.no-db.url}} refers to a database that this environment does not have")
                .hasMessageContaining("${{database.shop-db.jdbcUrl}} refers to a value that databases of this engine")
                .hasMessageContaining("pasword")
                .hasMessageContaining("project.NOPE");
    }

    @Test
    void aProjectCannotReferToADatabase() {
        assertThatThrownBy(() -> Variables.resolve(
                        vars("P", "${{database.shop-db.url}}"), vars(), vars("A", "${{project.P}}"), DATABASES))
                .isInstanceOf(VariableException.class)
                .hasMessageContaining("project");
    }
}
