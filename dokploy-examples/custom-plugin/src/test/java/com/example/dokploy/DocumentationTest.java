package com.example.dokploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Java of docs/plugins.md is that of this module, which is compiled and tested. */
class DocumentationTest {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)(?:// …\n.*?)?```", Pattern.DOTALL);

    @Test
    void everySnippetIsInTheSources() throws IOException {
        List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("../../docs/plugins.md")))
                .results()
                .map((MatchResult snippet) -> withoutIndent(snippet.group(1)))
                .toList();
        String sources;
        try (var files = Files.walk(Path.of("src"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentationTest::read)
                    .map(DocumentationTest::withoutIndent)
                    .collect(Collectors.joining("\n"));
        }

        assertThat(snippets)
                .hasSizeGreaterThan(5)
                .allSatisfy(snippet -> assertThat(sources).contains(snippet));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
