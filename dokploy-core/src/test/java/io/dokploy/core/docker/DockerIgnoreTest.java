package io.dokploy.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows are of moby's own tests (patternmatcher_test.go, ignorefile_test.go), as far as they are about slashes. */
class DockerIgnoreTest {

    @ParameterizedTest
    @CsvSource({
        "**, file, true",
        "**, dir/file, true",
        "**/, file, true",
        "**/**, dir/file, true",
        "dir/**, dir/file, true",
        "dir/**, dir/dir2/file, true",
        "dir, dir/dir2/file, true",
        "**/dir, dir/file, true",
        "**/dir2/*, dir/dir2/file, true",
        "**/dir2/**, dir/dir2/dir2/file, true",
        "**file, dir/file, true",
        "**/file, file, true",
        "**/file, dir/dir/file, true",
        "**file, dir/dir.file, true",
        "**/file*, dir/dir/file.txt, true",
        "**/file*txt, dir/dir/file.txt, true",
        "**/file*.txt*, dir/dir/file.txt, true",
        "**/**/*.txt, dir/dir/file.txt, true",
        "**/**/*.txt2, dir/dir/file.txt, false",
        "**/*.txt, file.txt, true",
        "a**/*.txt, a/file.txt, true",
        "a**/*.txt, a/dir/file.txt, true",
        "a/*.txt, a/dir/file.txt, false",
        "a/*.txt, a/file.txt, true",
        "a/*.txt**, a/file.txt, true",
        "a[b-d]e, ae, false",
        "a[b-d]e, ace, true",
        "a[b-d]e, aae, false",
        "a[^b-d]e, aze, true",
        ".*, .foo, true",
        ".*, foo, false",
        "abc.def, abcdef, false",
        "abc.def, abc.def, true",
        "abc.def, abcZdef, false",
        "abc?def, abcZdef, true",
        "abc?def, abcdef, false",
        "a(b)c/def, a(b)c/def, true",
        "a.|)$(}+{bc, a.|)$(}+{bc, true",
        "dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl,"
                + " dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl, true",
        "/node_modules, node_modules/x, true",
        "./a/../b, b, true",
        "node_modules, sub/node_modules, false",
    })
    void aPatternMatchesAsDockersDoes(String pattern, String path, boolean excluded) {
        assertThat(DockerIgnore.parse(pattern).excludes(path)).isEqualTo(excluded);
    }

    @Test
    void theLastRuleThatMatchesWins() {
        var ignore =
                DockerIgnore.parse("docs\n!docs/README.md\n*.md\n  # no comment, since it is indented\n# comment\n");
        assertThat(ignore.excludes("docs/a")).isTrue();
        assertThat(ignore.excludes("docs/README.md")).isFalse();
        assertThat(ignore.excludes("README.md")).isTrue();
        assertThat(ignore.excludes("comment")).isFalse();
    }

    @Test
    void theFileOfTheDockerfileGoesBeforeTheContexts(@TempDir Path context) throws Exception {
        Files.writeString(context.resolve(".dockerignore"), "\uFEFFusual\r\n");
        var dockerfile = context.resolve("Web.Dockerfile");
        assertThat(DockerIgnore.of(context, dockerfile).excludes("usual")).isTrue();
        Files.writeString(context.resolve("Web.Dockerfile.dockerignore"), "own\n");
        assertThat(DockerIgnore.of(context, dockerfile).excludes("own")).isTrue();
        assertThat(DockerIgnore.of(context, dockerfile).excludes("usual")).isFalse();
    }
}
