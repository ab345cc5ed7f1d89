package io.dokploy.core.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.VariableException;
import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.api.value.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {

    private static Map<String, EnvironmentValue> vars(String... pairs) {
        var map = new LinkedHashMap<String, EnvironmentValue>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], EnvironmentValue.plain(pairs[i + 1]));
        }
        return map;
    }

    private static String resolved(Map<String, EnvironmentValue> application, String name) {
        return Variables.resolve(
                        vars("HOST", "db", "URL", "pg://${{HOST}}"), vars("STAGE", "on ${{project.HOST}}"), application)
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
        assertThatThrownBy(() ->
                        Variables.resolve(vars("P", "${{environment.E}}"), vars("E", "1"), vars("A", "${{project.P}}")))
                .isInstanceOf(VariableException.class);
    }

    @Test
    void whatIsMadeFromASecretIsASecret() {
        var result = Variables.resolve(
                Map.of("PASSWORD", Secret.of("hunter2")),
                vars(),
                vars("URL", "pg://u:${{project.PASSWORD}}@db", "PLAIN", "x"));
        assertThat(result.get("URL")).isEqualTo(Secret.of("pg://u:hunter2@db"));
        assertThat(result.get("PLAIN")).isEqualTo(EnvironmentValue.plain("x"));
    }
}
