package io.dokploy.core.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.api.source.ArchiveSource;
import io.dokploy.api.source.DirectorySource;
import io.dokploy.core.git.HttpSettings;
import io.dokploy.core.git.TestRepository;
import io.dokploy.core.tree.TreeLimits;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import io.dokploy.spi.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives and directories of strangers: what is in them is unpacked, and nothing of it lands anywhere else. */
class ArchiveTest {

    private static final int LINK = 0120777;
    private static final int FIFO = 0010644;
    private static final int DEVICE = 0020644;

    enum Kind {
        ZIP,
        TAR,
        GZ,
        BZIP2,
        XZ
    }

    /** What goes into an archive; a directory's name ends in a slash, a hard link has a target. */
    private record Entry(String name, int mode, byte[] content, String target) {}

    @TempDir
    Path temp;

    private int targets;

    @BeforeEach
    void aDirectoryOfItsOwn() throws IOException {
        Files.createDirectories(temp.resolve("in/to"));
    }

    @AfterEach
    void nothingIsBesideWhatWasWritten() throws IOException {
        try (var in = Files.list(temp.resolve("in"));
                var to = Files.list(temp.resolve("in/to"))) {
            assertThat(in).hasSize(1);
            assertThat(to).hasSizeLessThanOrEqualTo(targets);
        }
    }

    private Path target() {
        return temp.resolve("in/to/" + targets++);
    }

    private static Entry file(String name, String content) {
        return new Entry(name, 0100644, content.getBytes(UTF_8), "");
    }

    private static Entry link(String name, String target) {
        return new Entry(name, LINK, target.getBytes(UTF_8), "");
    }

    private Path archive(Kind kind, Entry... entries) {
        Path file = temp.resolve("archive");
        try (OutputStream out = Files.newOutputStream(file)) {
            if (kind == Kind.ZIP) {
                zip(out, entries);
            } else {
                tar(kind, out, entries);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void zip(OutputStream out, Entry... entries) throws IOException {
        try (var zip = new ZipArchiveOutputStream(out)) {
            for (Entry entry : entries) {
                var header = new ZipArchiveEntry(entry.name());
                header.setUnixMode(entry.mode());
                zip.putArchiveEntry(header);
                zip.write(entry.content());
                zip.closeArchiveEntry();
            }
        }
    }

    private static void tar(Kind kind, OutputStream out, Entry... entries) throws IOException {
        try (OutputStream packed = compressed(kind, out);
                var tar = new TarArchiveOutputStream(packed, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Entry entry : entries) {
                var header = new TarArchiveEntry(entry.name(), type(entry), true);
                header.setMode(entry.mode());
                boolean plain = header.isFile() && entry.target().isEmpty();
                if (entry.mode() == LINK) {
                    header.setLinkName(new String(entry.content(), UTF_8));
                } else if (!entry.target().isEmpty()) {
                    header.setLinkName(entry.target());
                }
                header.setSize(plain ? entry.content().length : 0);
                tar.putArchiveEntry(header);
                if (plain) {
                    tar.write(entry.content());
                }
                tar.closeArchiveEntry();
            }
        }
    }

    private static byte type(Entry entry) {
        return switch (entry.mode()) {
            case LINK -> TarConstants.LF_SYMLINK;
            case FIFO -> TarConstants.LF_FIFO;
            case DEVICE -> TarConstants.LF_CHR;
            default ->
                entry.name().endsWith("/")
                        ? TarConstants.LF_DIR
                        : entry.target().isEmpty() ? TarConstants.LF_NORMAL : TarConstants.LF_LINK;
        };
    }

    private static OutputStream compressed(Kind kind, OutputStream out) throws IOException {
        try {
            return kind == Kind.TAR
                    ? out
                    : new CompressorStreamFactory().createCompressorOutputStream(kind.name(), out);
        } catch (CompressorException e) {
            throw new IOException(e);
        }
    }

    private SourceFetcher fetcher(TreeLimits limits) {
        return new SourceFetcher(temp.resolve("cache"), HttpSettings.of(HttpClient.newHttpClient()), limits);
    }

    private SourceTree unpack(Path archive) {
        return unpack(archive, TreeLimits.defaults());
    }

    private SourceTree unpack(Path archive, TreeLimits limits) {
        return fetcher(limits)
                .fetch(ArchiveSource.of(archive), target(), Progress.none(), CancelToken.never())
                .tree();
    }

    private void refused(Path archive, String reason) {
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining(reason)
                .satisfies(e ->
                        assertThat(e.getMessage().replace("\n", "").chars()).noneMatch(Character::isISOControl));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsInItIsThereWithModesAndLinks(Kind kind) {
        var tree = unpack(archive(
                kind,
                file("README", "one"),
                new Entry("bin/run", 0100755, "#!/bin/sh\n".getBytes(UTF_8), ""),
                new Entry("empty/", 040755, new byte[0], ""),
                link("latest", "bin/run")));
        assertThat(tree.list("")).containsExactly("README", "bin", "empty", "latest");
        assertThat(tree.read("latest")).contains("#!/bin/sh\n");
        assertThat(tree.directory().resolve("bin/run")).isExecutable();
        assertThat(Files.isExecutable(tree.directory().resolve("README"))).isFalse();
        assertThat(tree.directory().resolve("latest")).isSymbolicLink();
    }

    @ParameterizedTest
    @EnumSource
    void anyUnicodeNameIsThereAsItWas(Kind kind) {
        String[] names = {"größe", "日本語.txt", "🚀", "a b'\"$`;&|*?", "-rf", "e\u0301tude"};
        var tree = unpack(
                archive(kind, Arrays.stream(names).map(name -> file(name, name)).toArray(Entry[]::new)));
        assertThat(tree.list("")).containsExactlyInAnyOrder(names);
    }

    @ParameterizedTest
    @EnumSource
    void aSingleFolderIsTheRoot(Kind kind) {
        var tree = unpack(archive(
                kind, file("shop-main/a", "x"), file("shop-main/web/b", "x"), file("__MACOSX/shop-main/._a", "x")));
        assertThat(tree.list("")).containsExactly("a", "web");
    }

    @Test
    void aSingleFolderBesideAFileIsNot() {
        assertThat(unpack(archive(Kind.ZIP, file("shop/a", "x"), file("b", "x")))
                        .list(""))
                .containsExactly("b", "shop");
    }

    @Test
    void whatGitKeepsIsLeftOut() {
        assertThat(unpack(archive(Kind.TAR, file("a", "x"), file(".git/config", "x"), file(".gitignore", "x")))
                        .list(""))
                .containsExactly(".gitignore", "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "/evil",
                "//evil",
                "C:\\evil",
                "C:/evil",
                "..\\evil",
                "a\\..\\..\\evil",
                "\\evil",
                "a/./b",
                "a//b",
                ".GIT/config",
                "git~1/config",
                "a\nb",
                "a\u001b[2Jb"
            })
    void aNameThatLeadsOutOrIsNone(String name) {
        refused(archive(Kind.ZIP, file("a", "x"), file(name, "x")), "");
        refused(archive(Kind.TAR, file("a", "x"), file(name, "x")), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../evil", "a/../../evil", "up/../..", "self"})
    void aLinkThatLeadsOutOrHasNoEnd(String target) {
        for (Kind kind : List.of(Kind.ZIP, Kind.TAR)) {
            refused(
                    archive(kind, file("a/b", "x"), file("d/c", "x"), link("self", target), link("d/up", "..")),
                    "link");
        }
    }

    @Test
    void aLinkOutOfTheSingleFolderThatBecomesTheRoot() {
        refused(archive(Kind.TAR, file("shop/a", "x"), link("shop/up", "..")), "link");
    }

    @Test
    void aFileThroughALink() {
        for (Kind kind : List.of(Kind.ZIP, Kind.TAR)) {
            refused(archive(kind, link("a", "/tmp"), file("a/evil", "x")), "");
            refused(archive(kind, link("a", temp.toString()), file("a", "x")), "twice");
        }
    }

    @Test
    void aHardLinkIsACopyOfAFileOfTheArchiveAndOfNothingElse() {
        var tree = unpack(archive(Kind.TAR, file("a", "one"), new Entry("b", 0100644, new byte[0], "a")));
        assertThat(tree.read("b")).contains("one");
        for (String target : List.of("/etc/passwd", "../../../etc/passwd", "later", "link")) {
            refused(
                    archive(
                            Kind.TAR,
                            file("a", "one"),
                            link("link", "a"),
                            new Entry("b", 0100644, new byte[0], target),
                            file("later", "x")),
                    "");
        }
    }

    @Test
    void devicesAndPipes() {
        refused(archive(Kind.TAR, new Entry("x", FIFO, new byte[0], "")), "device or a pipe");
        refused(archive(Kind.TAR, new Entry("x", DEVICE, new byte[0], "")), "device or a pipe");
        refused(archive(Kind.ZIP, new Entry("x", FIFO, new byte[0], "")), "device, pipe or socket");
    }

    @ParameterizedTest
    @EnumSource
    void theSameNameTwiceOrInAnotherSpelling(Kind kind) {
        refused(archive(kind, file("a", "one"), file("a", "two")), "twice");
        refused(archive(kind, file("README", "x"), file("readme", "x")), "differs only in case");
        refused(archive(kind, file("Web/a", "x"), file("web/b", "x")), "differs only in case");
        refused(archive(kind, file("\u00e9", "x"), file("e\u0301", "x")), "accents");
        refused(archive(kind, file("a", "x"), file("a/b", "x")), "twice");
    }

    @ParameterizedTest
    @EnumSource(names = {"ZIP", "GZ", "XZ"})
    void aBombIsStoppedBeforeItFillsTheDisk(Kind kind) throws IOException {
        refused(archive(kind, new Entry("zeros", 0100644, new byte[70 << 20], "")), "bomb");
        assertThat(written()).isLessThan(70L << 20);
    }

    private long written() throws IOException {
        try (var files = Files.walk(temp.resolve("in"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitsOfSizeAndNumber(Kind kind) throws IOException {
        var limits = new TreeLimits(1000, 2500, 20);
        var large = archive(kind, file("a", "x".repeat(1001)));
        assertThatThrownBy(() -> unpack(large, limits))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("1000");
        String thousand = "x".repeat(1000);
        var together = archive(kind, file("a", thousand), file("b", thousand), file("c", thousand));
        assertThatThrownBy(() -> unpack(together, limits))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("2500");
        var many = archive(
                kind,
                java.util.stream.IntStream.range(0, 21)
                        .mapToObj(i -> file("f" + i, ""))
                        .toArray(Entry[]::new));
        assertThatThrownBy(() -> unpack(many, limits))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("20");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsCutOff(Kind kind) throws IOException {
        byte[] noise = new byte[200_000];
        new java.util.Random(1).nextBytes(noise);
        Path archive = archive(kind, new Entry("noise", 0100644, noise, ""), file("b", "x"));
        byte[] all = Files.readAllBytes(archive);
        for (int part = 1; part < 8; part++) {
            Files.write(archive, Arrays.copyOf(all, all.length * part / 8));
            assertThatThrownBy(() -> unpack(archive)).isInstanceOf(UnsafeSourceException.class);
        }
    }

    @Test
    void whatIsNoArchiveOrNotThere() throws IOException {
        Path text = Files.writeString(temp.resolve("text"), "just text");
        refused(text, "neither a zip nor a tar");
        refused(Files.write(temp.resolve("empty"), new byte[0]), "neither a zip nor a tar");
        assertThatThrownBy(() -> unpack(temp.resolve("nothing"))).isInstanceOf(SourceNotFoundException.class);
    }

    @Test
    void anEncryptedZip() throws IOException {
        try (InputStream in = ArchiveTest.class.getResourceAsStream("encrypted.zip")) {
            Files.copy(in, temp.resolve("encrypted.zip"));
        }
        refused(temp.resolve("encrypted.zip"), "encrypted");
    }

    @Test
    void theSameFilesFromAnyArchiveOrDirectoryHaveTheSameHash() throws IOException {
        var remote = new TestRepository(temp.resolve("work"));
        remote.write("README", "one").executable("bin/run", "x").link("latest", "README");
        String expected = copy(temp.resolve("work")).hash();
        TestRepository.run(
                temp.resolve("work"),
                Map.of(),
                List.of("tar", "-cf", temp.resolve("by-tar").toString(), "."));
        var hashes = new java.util.HashSet<String>();
        for (Kind kind : Kind.values()) {
            hashes.add(unpack(archive(
                            kind,
                            new Entry("bin/run", 0100755, "x".getBytes(UTF_8), ""),
                            link("latest", "README"),
                            file("README", "one")))
                    .hash());
        }
        hashes.add(unpack(temp.resolve("by-tar")).hash());
        assertThat(hashes).containsExactly(expected);
    }

    @Test
    void ofADirectoryWhatLeadsOutOrIsNoFileIsRefused() throws IOException {
        Path work = Files.createDirectories(temp.resolve("work"));
        Files.createDirectories(work.resolve(".git"));
        Files.writeString(work.resolve(".git/config"), "x");
        Files.writeString(work.resolve("a"), "x");
        assertThat(copy(work).list("")).containsExactly("a");

        Files.createSymbolicLink(work.resolve("passwd"), Path.of("/etc/passwd"));
        assertThatThrownBy(() -> copy(work))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("passwd");
        Files.delete(work.resolve("passwd"));
        TestRepository.run(work, Map.of(), List.of("mkfifo", "pipe"));
        assertThatThrownBy(() -> copy(work))
                .isInstanceOf(UnsafeSourceException.class)
                .hasMessageContaining("pipe");
        Files.delete(work.resolve("pipe"));
        assertThatThrownBy(() -> copy(work.resolve("nothing"))).isInstanceOf(SourceNotFoundException.class);
    }

    @Test
    void aDirectoryThatChangesWhileItIsCopiedIsACopyOrAnError() throws Exception {
        Path work = Files.createDirectories(temp.resolve("work"));
        for (int i = 0; i < 100; i++) {
            Files.writeString(work.resolve("f" + i), "x".repeat(1000));
        }
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        var changing = new Thread(() -> {
            for (int i = 0; !stop.get(); i = (i + 1) % 100) {
                try {
                    Path file = work.resolve("f" + i);
                    Files.deleteIfExists(file);
                    if (i % 2 == 0) {
                        Files.createSymbolicLink(file, Path.of("/etc/passwd"));
                        Files.delete(file);
                    }
                    Files.writeString(file, "y".repeat(2000));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        changing.start();
        try {
            for (int i = 0; i < 10; i++) {
                try {
                    SourceTree tree = copy(work);
                    for (String name : tree.list("")) {
                        assertThat(tree.read(name).orElseThrow()).matches("x*|y*");
                    }
                } catch (DokployException expected) {
                    assertThat(expected.getMessage()).contains(work.toString());
                }
            }
        } finally {
            stop.set(true);
            changing.join();
        }
    }

    private SourceTree copy(Path directory) {
        return fetcher(TreeLimits.defaults())
                .fetch(DirectorySource.of(directory), target(), Progress.none(), CancelToken.never())
                .tree();
    }

    @Test
    void modesThatLockItsOwnerOutAreNotTaken() throws IOException {
        var tree = unpack(archive(
                Kind.TAR,
                new Entry("locked/", 040000, new byte[0], ""),
                new Entry("locked/a", 0, "x".getBytes(UTF_8), "")));
        assertThat(tree.read("a")).contains("x");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(tree.directory().resolve("a"))))
                .isEqualTo("rw-r--r--");
    }
}
