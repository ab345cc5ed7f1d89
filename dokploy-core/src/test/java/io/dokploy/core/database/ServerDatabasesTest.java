package io.dokploy.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerDatabasesTest {

    @Test
    void aNameMayHoldAnything() {
        var names = List.of("app", "two\nlines", "a\ttab", "back\\slash\\n", "return\rof 'carriage'; 😀", " ");
        var printed =
                String.join("\n", names.stream().map(ServerDatabases::shown).toList()) + "\n";
        assertThat(printed.split("\n")).hasSameSizeAs(names);
        assertThat(ServerDatabases.names(printed)).isEqualTo(names);
    }

    @Test
    void noLineIsNoName() {
        assertThat(ServerDatabases.names("")).isEmpty();
        assertThat(ServerDatabases.names("app\n\n")).containsExactly("app");
    }
}
