package io.dokploy.builder.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DockerfilePropertiesTest {

    @Property
    void anyTextIsRead(@ForAll String text) {
        assertThat(images(text)).isNotNull();
    }

    @Property
    void anyMixOfWhatDockerfilesAreMadeOfIsRead(@ForAll("fragments") String text) {
        assertThat(images(text)).isNotNull();
    }

    /** Stages are called stageN and used only after they are made; images are called imageN. */
    @Property
    void noNameOfAStageIsReported(@ForAll("staged") String text) {
        assertThat(images(text)).allMatch(name -> name.startsWith("image"));
    }

    @Example
    void deepNestingEnds() {
        assertThat(images("FROM " + "${A-".repeat(100_000))).isEmpty();
        assertThat(images("FROM " + "${A-".repeat(100_000) + "x" + "}".repeat(100_000)))
                .isEmpty();
    }

    @Provide
    Arbitrary<String> fragments() {
        return Arbitraries.of(
                        "FROM ",
                        "ARG ",
                        "COPY ",
                        "RUN ",
                        "--from=",
                        "--mount=from=",
                        "AS ",
                        "\n",
                        "\r\n",
                        "\\",
                        "\\\n",
                        "`",
                        "# escape=`\n",
                        "#",
                        "<<EOF",
                        "<<-'E'",
                        "EOF",
                        "E",
                        "${",
                        "}",
                        "$",
                        ":-",
                        ":+",
                        "-",
                        "a",
                        "X=",
                        "\"",
                        "'",
                        " ",
                        "\t",
                        "0",
                        "1",
                        ",",
                        "=",
                        "scratch",
                        "\0")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> staged() {
        Arbitrary<List<Integer>> choices =
                Arbitraries.integers().between(0, 99).list().ofMinSize(1).ofMaxSize(12);
        return choices.map(numbers -> {
            var text = new StringBuilder();
            for (int i = 0; i < numbers.size(); i++) {
                int choice = numbers.get(i);
                String base = choice % 2 == 0 || i == 0 ? "image" + choice : "STAGE" + choice % i;
                text.append("FROM ").append(base).append(choice % 3 == 0 ? " as " : " AS ");
                text.append("Stage").append(i).append('\n');
                if (i > 0) {
                    text.append("COPY --from=").append(choice % 5 == 0 ? "" + choice % i : "stage" + choice % i);
                    text.append(" /a /b\n");
                }
            }
            return text.toString();
        });
    }

    private static List<String> images(String text) {
        return BaseImages.of(Dockerfile.parse(text), Map.of("X", "b"), Map.of(), Optional.empty())
                .images();
    }
}
