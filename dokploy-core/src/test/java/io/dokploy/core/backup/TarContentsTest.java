package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** Two tars are of the same files, or not, wherever they were packed and in whatever order. */
class TarContentsTest {

    private static final TarContents GIVEN = contents("./", "./", "./a", "./b/", "./b/c");

    @Test
    void orderFolderAndDirectoriesDoNotMatter() {
        assertThat(contents("volume/", "volume/b/c", "volume/a")).isEqualTo(GIVEN);
        assertThat(contents("./", "a", "b/c")).isEqualTo(GIVEN);
        assertThat(GIVEN).hasToString("2 files of 200 bytes");
    }

    @Test
    void everyFileMatters() {
        assertThat(contents("./", "./a")).isNotEqualTo(GIVEN);
        assertThat(contents("./", "./a", "./b/d")).isNotEqualTo(GIVEN);
        assertThat(contents("./", "./a", "./b/c", "./b/c")).isNotEqualTo(GIVEN);
    }

    @Test
    void whatIsCutOffHasNone() throws IOException {
        var tar = tar("./a", "./b/c");
        assertThatThrownBy(() -> TarContents.of(new ByteArrayInputStream(Arrays.copyOf(tar, 1024)), "./"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TarContents.of(new ByteArrayInputStream(Arrays.copyOf(tar, 1500)), "./"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aTarPackedInsideAFolderBecomesOneFromOutside() throws IOException {
        var longName = "./" + "é".repeat(200);
        var moved = new TarInFolder(new ByteArrayInputStream(tar("./", "./a", longName, "plain")), "volume/");
        var names = new ArrayList<String>();
        long entries = TarCheck.entries(moved, (entry, content) -> names.add(entry.getName()));
        assertThat(entries).isEqualTo(4);
        assertThat(names).containsExactly("volume/", "volume/a", "volume/" + "é".repeat(200), "volume/plain");
    }

    private static TarContents contents(String folder, String... names) {
        try {
            return TarContents.of(new ByteArrayInputStream(tar(names)), folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] tar(String... names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (String name : names) {
                var entry = new TarArchiveEntry(name);
                entry.setSize(entry.isDirectory() ? 0 : 100);
                tar.putArchiveEntry(entry);
                tar.write(new byte[(int) entry.getSize()]);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
