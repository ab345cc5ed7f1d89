package io.dokploy.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

    @Test
    void readsEachTypeBack() {
        var reader = reader(Tree.branch()
                .put("text", "a")
                .put("flag", true)
                .put("number", 7)
                .put("secret", Secret.of("s"))
                .put("texts", List.of("a", "b"))
                .put("named", Map.of("k", "v"))
                .putSecrets("hidden", Map.of("k", Secret.of("s")))
                .put("nothing", new Tree.Nothing())
                .build());

        assertThat(reader.text("text")).contains("a");
        assertThat(reader.flag("flag")).contains(true);
        assertThat(reader.number("number")).contains(7L);
        assertThat(reader.secret("secret")).contains(Secret.of("s"));
        assertThat(reader.texts("texts")).containsExactly("a", "b");
        assertThat(reader.namedTexts("named")).containsExactly(Map.entry("k", "v"));
        assertThat(reader.namedSecrets("hidden")).containsExactly(Map.entry("k", Secret.of("s")));
        assertThat(reader.text("nothing")).isEmpty();
        assertThat(reader.text("absent")).isEmpty();
        assertThat(reader.problems().isEmpty()).isTrue();
    }

    @Test
    void whatNobodyReadAndWhatHasAnotherTypeIsAProblemEach() {
        var reader = reader(Tree.branch()
                .put("flag", "yes")
                .put("mispelt", "x")
                .put("named", 1)
                .build());
        reader.flag("flag");
        reader.namedTexts("named");

        assertThatThrownBy(() -> reader.problems().throwIfAny())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("flag: must be true or false")
                .hasMessageContaining("named: must be names with values")
                .hasMessageContaining("mispelt: is not a setting");
    }

    @Test
    void aNewerFormAndAnotherPluginAreRefused() {
        var document = new SettingsDocument("other", 2, Tree.branch().build());

        assertThatThrownBy(() -> SettingsReader.of(document, "mine", 1))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("settings of \"other\"")
                .hasMessageContaining("form 2 is not known");
    }

    private static SettingsReader reader(Tree.Branch values) {
        return SettingsReader.of(new SettingsDocument("mine", 1, values), "mine", 1);
    }
}
