package io.dokploy.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

/** An image that was saved is whole, or is refused: in each layout in which engines write one. */
class SavedImageTest {

    private static final String LAYER = "the files of one layer";
    private static final String CONFIG =
            "{\"rootfs\":{\"diff_ids\":[\"sha256:" + sha256(LAYER) + "\",\"sha256:" + sha256(LAYER) + "\"]}}";
    private static final String ID = "sha256:" + sha256(CONFIG);

    private final Map<String, String> files = new LinkedHashMap<>();

    @Test
    void theLayoutOfOciIsRead() throws IOException {
        oci();
        assertThat(layers(ID)).isEqualTo(2);
    }

    /** Its layers are packed, so their names are hashes of what the config does not name. */
    @Test
    void theLayoutOfContainerdsStoreIsRead() throws IOException {
        var packed = "a packed layer";
        var manifest = "{\"layers\":[]}";
        files.put(blob(manifest), manifest);
        files.put(blob(CONFIG), CONFIG);
        files.put(blob(packed), packed);
        manifest(blob(CONFIG), blob(packed), blob(packed));
        assertThat(layers("sha256:" + sha256(manifest))).isEqualTo(2);
    }

    /** A layer that comes twice is a link the second time. */
    @Test
    void theLayoutOfFormerEnginesIsRead() throws IOException {
        former();
        assertThat(layers(ID)).isEqualTo(2);
    }

    @Test
    void anotherImageIsRefused() throws IOException {
        oci();
        refused("sha256:" + sha256("another"), "instead of sha256:" + sha256("another"));
    }

    @Test
    void aLayerThatIsAnotherOneIsRefused() throws IOException {
        former();
        files.put("one/layer.tar", "other files");
        refused(ID, "one/layer.tar has the SHA-256 " + sha256("other files"));
        files.clear();
        oci();
        files.put(blob(LAYER), "other files");
        refused(ID, "has the SHA-256 " + sha256("other files"));
    }

    @Test
    void aLayerThatIsMissingIsRefused() throws IOException {
        oci();
        files.remove(blob(LAYER));
        refused(ID, "there is no " + blob(LAYER));
        files.clear();
        files.put(blob(CONFIG), CONFIG);
        files.put(blob(LAYER), LAYER);
        manifest(blob(CONFIG), blob(LAYER));
        refused(ID, "1 layers instead of 2");
    }

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        files.put("hello.txt", "hello");
        refused(ID, "no config");
        files.put("manifest.json", "[not json");
        refused(ID, "manifest.json in it cannot be read");
    }

    @Test
    void whatIsCutOffAnywhereIsRefused() throws IOException {
        oci();
        var whole = tar();
        for (int length = 0; length <= whole.length - 512; length += 256) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SavedImage.layers(new ByteArrayInputStream(cut), ID))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
    }

    private void oci() {
        files.put(blob(CONFIG), CONFIG);
        files.put(blob(LAYER), LAYER);
        files.put("index.json", "{}");
        manifest(blob(CONFIG), blob(LAYER), blob(LAYER));
    }

    private void former() {
        files.put("config.json", CONFIG);
        files.put("one/layer.tar", LAYER);
        files.put("two/layer.tar", "-> ../one/layer.tar");
        manifest("config.json", "one/layer.tar", "two/layer.tar");
    }

    private void manifest(String config, String... layers) {
        files.put(
                "manifest.json",
                "[{\"Config\":\"" + config + "\",\"Layers\":[\"" + String.join("\",\"", layers) + "\"]}]");
    }

    private void refused(String id, String words) {
        assertThatThrownBy(() -> layers(id)).isInstanceOf(IOException.class).hasMessageContaining(words);
    }

    private int layers(String id) throws IOException {
        return SavedImage.layers(new ByteArrayInputStream(tar()), id);
    }

    private byte[] tar() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files.entrySet()) {
                if (file.getValue().startsWith("-> ")) {
                    var link = new TarArchiveEntry(file.getKey(), TarConstants.LF_SYMLINK);
                    link.setLinkName(file.getValue().substring(3));
                    tar.putArchiveEntry(link);
                } else {
                    var content = file.getValue().getBytes(StandardCharsets.UTF_8);
                    var entry = new TarArchiveEntry(file.getKey());
                    entry.setSize(content.length);
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                }
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String blob(String content) {
        return "blobs/sha256/" + sha256(content);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
