package io.dokploy.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** The same files have the same hash, and any other files another one. */
class TreeHashPropertiesTest {

    private Path temp;
    private int trees;

    @BeforeTry
    void aDirectory() throws IOException {
        temp = Files.createTempDirectory("tree-hash-");
    }

    @AfterTry
    void remove() throws IOException {
        try (var files = Files.walk(temp)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<Map<String, String>> files() {
        var names = Arbitraries.of("a", "b", "a.b", "größe", "🚀", "z/a", "z/b", "z/y/x");
        return Arbitraries.maps(names, Arbitraries.strings().ofMaxLength(20)).ofMaxSize(6);
    }

    private Path tree(Map<String, String> files) {
        try {
            Path root = Files.createDirectory(temp.resolve("tree" + trees++));
            for (var file : files.entrySet()) {
                Path path = root.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 100)
    void twoTreesHaveOneHashExactlyIfTheyAreTheSame(
            @ForAll("files") Map<String, String> one, @ForAll("files") Map<String, String> two) throws IOException {
        Path later = tree(one);
        try (var all = Files.walk(later)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.fromMillis(0));
            }
        }
        assertThat(TreeHash.of(tree(one))).isEqualTo(TreeHash.of(later));
        assertThat(TreeHash.of(tree(one)).equals(TreeHash.of(tree(two)))).isEqualTo(one.equals(two));
    }

    @Property(tries = 25)
    void kindModeNameAndTargetCount(@ForAll("files") Map<String, String> files) throws IOException {
        String plain = TreeHash.of(tree(files));
        Path program = tree(files);
        Files.writeString(program.resolve("new"), "x");
        String withFile = TreeHash.of(program);
        Files.setPosixFilePermissions(program.resolve("new"), PosixFilePermissions.fromString("rwxr-xr-x"));
        String withProgram = TreeHash.of(program);
        Path renamed = tree(files);
        Files.writeString(renamed.resolve("new2"), "x");
        Path folder = tree(files);
        Files.createDirectory(folder.resolve("new"));
        Path link = tree(files);
        Files.createSymbolicLink(link.resolve("new"), Path.of("x"));
        Path otherLink = tree(files);
        Files.createSymbolicLink(otherLink.resolve("new"), Path.of("y"));
        assertThat(List.of(
                        plain,
                        withFile,
                        withProgram,
                        TreeHash.of(renamed),
                        TreeHash.of(folder),
                        TreeHash.of(link),
                        TreeHash.of(otherLink)))
                .doesNotHaveDuplicates();
    }
}
