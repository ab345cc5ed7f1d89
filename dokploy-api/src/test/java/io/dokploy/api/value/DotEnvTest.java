package io.dokploy.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.InvalidSpecException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected was printed by the npm package dotenv 16.4.5, which is what Dokploy reads these texts with. */
class DotEnvTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "A=b|b",
                "A = b |b",
                "  export A=b|b",
                "A: b|b",
                "A=|§§",
                "A=   |§§",
                "A=a b|a b",
                "A=a=b==|a=b==",
                "A=pa#x|pa",
                "A=#x|§§",
                "A=a # comment|a",
                "A='a # b'|a # b",
                "A='a' # comment|a",
                "A=\"a # b\" # comment|a # b",
                "A=`a'b\"c`|a'b\"c",
                "A=''|§§",
                "A='it\\'s'|it\\'s",
                "A='C:\\'|C:\\",
                "A=\"say \\\"hi\\\"\"|say \\\"hi\\\"",
                "A=\"C:\\\\x\"|C:\\\\x",
                "A='{\"a\":\"#1\"}'|{\"a\":\"#1\"}",
                "A=a\\nb|a\\nb",
                "A='a\\nb'|a\\nb",
                "A=$B ${C} `|$B ${C} `",
                "A=${{project.X}}|${{project.X}}",
            })
    void aValueIsWhatDokployReads(String text, String expected) {
        assertThat(DotEnv.parse(text)).isEqualTo(Map.of("A", EnvironmentValue.plain(expected)));
    }

    @Test
    void doubleQuotesHoldLineBreaksAsEscapesAndAsTheyAre() {
        assertThat(plain("A=\"one\\ntwo\\r\nthree\"\nB='x\r\ny'\rC=z"))
                .containsExactly(Map.entry("A", "one\ntwo\r\nthree"), Map.entry("B", "x\ny"), Map.entry("C", "z"));
    }

    @Test
    void commentsBlankLinesAndAByteOrderMarkAreNothing() {
        assertThat(plain("\uFEFF# first\n\n   # second\nA=1\n\t\n#B=2")).containsExactly(Map.entry("A", "1"));
    }

    @Test
    void theLastOfSeveralCountsAndTheOrderIsThatOfTheText() {
        assertThat(plain("B=1\nA=1\nB=2")).containsExactly(Map.entry("B", "2"), Map.entry("A", "1"));
    }

    @Test
    void everyLineThatIsWrongIsNamedButNoValue() {
        assertThatThrownBy(() -> DotEnv.parse("A=1\nhunter2\nB=\"hunter3\nC='x' hunter4\n1D=x\nE=2"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContainingAll(
                        "line 2: is not NAME=value", "line 3: the value of B", "line 4", "line 5: \"1D\"")
                .hasMessageNotContainingAny("hunter");
    }

    @Test
    void valuesCanBeSecrets() {
        assertThat(DotEnv.parseSecrets("A=1")).isEqualTo(Map.of("A", Secret.of("1")));
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll @StringLength(max = 60) @CharRange(from = '\t', to = '}') String text) {
        try {
            assertThat(DotEnv.parse(text)).isNotNull();
        } catch (InvalidSpecException refused) {
            assertThat(refused.problems()).allMatch(problem -> problem.field().matches("line [0-9]+"));
        }
    }

    @Property
    void whatIsInSingleQuotesArrivesAsItIs(@ForAll @StringLength(max = 200) String value) {
        String possible = value.replace("'", "").replace("\r", "");
        assertThat(plain("A='" + possible + "'\nB=2")).containsExactly(Map.entry("A", possible), Map.entry("B", "2"));
    }

    @Test
    void aLongValueIsRead() {
        String value = "x\\\"\n".repeat(100_000);
        assertThat(plain("A='" + value + "'")).containsEntry("A", value);
    }

    private static Map<String, String> plain(String text) {
        var values = new LinkedHashMap<String, String>();
        DotEnv.parse(text).forEach((name, value) -> values.put(name, value.reveal()));
        return values;
    }
}
