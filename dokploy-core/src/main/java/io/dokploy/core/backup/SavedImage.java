package io.dokploy.core.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an image as {@code docker save} writes it, once and in constant memory, and knows whether it is whole: its config has
 * the hash that is the image's id, and each layer the hash that the config names. Of the layout of OCI, and of the one that
 * engines before 25 write.
 */
final class SavedImage {

    /** More than any config; what is larger is a layer. */
    private static final int LARGEST_CONFIG = 4 * 1024 * 1024;

    private static final String SHA256 = "sha256:";
    private static final String BLOBS = "blobs/sha256/";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> hashes = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final Map<String, byte[]> documents = new HashMap<>();

    private SavedImage() {}

    /**
     * Reads all of it.
     *
     * @param id of the image that it must be
     * @return how many layers it has
     * @throws IOException if it is cut off, or not that image
     */
    static int layers(InputStream archive, String id) throws IOException {
        var image = new SavedImage();
        TarCheck.entries(archive, image::take);
        return image.requireWhole(id);
    }

    private void take(TarArchiveEntry entry, InputStream content) throws IOException {
        if (entry.isSymbolicLink() || entry.isLink()) {
            links.put(entry.getName(), target(entry));
        } else if (entry.isFile()) {
            var hashed = Counted.hashed();
            var source = hashed.of(content);
            int first = source.read();
            if (first == '{' || first == '[') {
                document(entry, first, source);
            }
            source.transferTo(OutputStream.nullOutputStream());
            hashes.put(entry.getName(), hashed.sha256());
        }
    }

    private void document(TarArchiveEntry entry, int first, InputStream source) throws IOException {
        if (entry.getSize() <= LARGEST_CONFIG) {
            var bytes = new ByteArrayOutputStream();
            bytes.write(first);
            source.transferTo(bytes);
            documents.put(entry.getName(), bytes.toByteArray());
        }
    }

    /** A layer that comes twice is a link the second time, in the layout of before. */
    private static String target(TarArchiveEntry entry) {
        var beside = entry.isSymbolicLink() ? Path.of(entry.getName()).resolveSibling(entry.getLinkName()) : null;
        return beside == null ? entry.getLinkName() : beside.normalize().toString();
    }

    private int requireWhole(String id) throws IOException {
        var manifest = json("manifest.json").path(0);
        var config = manifest.path("Config").asString("");
        requireId(id, hash(config));
        for (var file : hashes.entrySet()) {
            if (file.getKey().startsWith(BLOBS) && !file.getKey().equals(BLOBS + file.getValue())) {
                throw new IOException(file.getKey() + " has the SHA-256 " + file.getValue());
            }
        }
        var wanted = texts(json(config).path("rootfs").path("diff_ids"));
        var layers = texts(manifest.path("Layers"));
        if (layers.size() != wanted.size()) {
            throw new IOException("it has " + layers.size() + " layers instead of " + wanted.size());
        }
        for (int i = 0; i < layers.size(); i++) {
            requireLayer(layers.get(i), wanted.get(i));
        }
        return layers.size();
    }

    /** Engines with containerd's store name an image by its manifest, which is in the archive then. */
    private void requireId(String id, String config) throws IOException {
        if (!id.equals(SHA256 + config) && !hashes.containsKey(id.replace(SHA256, BLOBS))) {
            throw new IOException("it is the image " + SHA256 + config + " instead of " + id);
        }
    }

    /** A packed layer is known by its own hash, which is its name, and not by that of its content. */
    private void requireLayer(String file, String wanted) throws IOException {
        var found = hash(file);
        if (!wanted.equals(SHA256 + found) && !file.equals(BLOBS + found)) {
            throw new IOException("its layer " + file + " has the SHA-256 " + found + " instead of " + wanted);
        }
    }

    private String hash(String file) throws IOException {
        var found = hashes.get(links.getOrDefault(file, file));
        if (found == null) {
            throw new IOException("there is no " + (file.isEmpty() ? "config" : file) + " in it");
        }
        return found;
    }

    private JsonNode json(String file) throws IOException {
        try {
            return JSON.readTree(new ByteArrayInputStream(documents.getOrDefault(file, new byte[0])));
        } catch (JacksonException e) {
            throw new IOException(file + " in it cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static List<String> texts(JsonNode node) {
        return node.valueStream().map(text -> text.asString("")).toList();
    }
}
