package io.dokploy.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read: the Java in it is that of a module which is compiled and tested, and its links lead somewhere. */
class DocumentationTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** What comes after a line {@code // …} is left out in the documentation and taken as it is. */
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)(?:// …\n.*?)?```", Pattern.DOTALL);

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void everyJavaSnippetIsInTheSources() {
        String sources = files(ROOT, ".java").stream()
                .map(DocumentationTest::read)
                .map(DocumentationTest::withoutIndent)
                .collect(Collectors.joining("\n"));
        var missing = new ArrayList<String>();
        int snippets = 0;
        for (Path page : pages()) {
            for (var snippet : SNIPPET.matcher(read(page)).results().toList()) {
                snippets++;
                if (!sources.contains(withoutIndent(snippet.group(1)))) {
                    missing.add(ROOT.relativize(page) + ":\n" + snippet.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(snippets).isGreaterThan(10);
    }

    @Test
    void theReadmeShowsTheQuickstart() {
        var snippet = SNIPPET.matcher(read(ROOT.resolve("README.md")))
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(withoutIndent(read(Path.of("src/main/java/io/dokploy/examples/quickstart/Quickstart.java"))))
                .contains(withoutIndent(snippet.group(1)));
    }

    @Test
    void everyLinkBetweenPagesLeadsSomewhere() {
        var broken = new ArrayList<String>();
        for (Path page : pages()) {
            LINK.matcher(read(page)).results().map(link -> link.group(1)).forEach(target -> {
                if (!target.contains("://")
                        && !target.startsWith("NNNN")
                        && !Files.exists(page.resolveSibling(target))) {
                    broken.add(ROOT.relativize(page) + " -> " + target);
                }
            });
        }
        assertThat(broken).isEmpty();
    }

    private static List<Path> pages() {
        return files(ROOT, ".md");
    }

    private static List<Path> files(Path root, String ending) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !("/" + root.relativize(file)).matches(".*/(target|\\..*)/.*"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
