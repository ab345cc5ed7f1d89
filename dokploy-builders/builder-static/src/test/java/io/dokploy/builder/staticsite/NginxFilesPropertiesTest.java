package io.dokploy.builder.staticsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.dokploy.api.error.InvalidSpecException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NginxFilesPropertiesTest {

    /** Hostile texts are refused, or change nothing but the reference in the first line. */
    @Property
    void noTextOfASettingBecomesAnInstruction(@ForAll("hostile") String text) {
        var defaults = new NginxFiles(StaticSettings.defaults(), true);
        StaticSettings settings;
        try {
            settings = StaticSettings.builder()
                    .publishDirectory(text)
                    .notFoundPage(text)
                    .build();
        } catch (InvalidSpecException refused) {
            return;
        }
        var files = new NginxFiles(settings, true);
        assertThat(files.dockerfile()).isEqualTo(defaults.dockerfile());
        assertThat(files.configuration()).isEqualTo(defaults.configuration());
    }

    @Property
    void aReferenceOfAnImageStaysOneWord(@ForAll("hostile") String text) {
        StaticSettings settings;
        try {
            settings = StaticSettings.builder().baseImage(text).build();
        } catch (InvalidSpecException refused) {
            return;
        }
        var files = new NginxFiles(settings, false);
        assertThat(files.dockerfile().lines().findFirst()).contains("FROM " + text);
        assertThat(text).doesNotContainAnyWhitespaces().doesNotStartWith("-").doesNotContain("$");
        assertThat(files.dockerfile().lines().skip(1))
                .isEqualTo(new NginxFiles(StaticSettings.defaults(), false)
                        .dockerfile()
                        .lines()
                        .skip(1)
                        .toList());
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                        "a",
                        "dist",
                        "/",
                        "..",
                        ".",
                        "\n",
                        "\r",
                        "\0",
                        ";",
                        "}",
                        "{",
                        "$uri",
                        "${x}",
                        "\"",
                        "'",
                        "\\",
                        " ",
                        "RUN x",
                        "#",
                        "return 200;",
                        "--platform=x",
                        ":",
                        "@",
                        "1",
                        "%s",
                        "%d")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }
}
