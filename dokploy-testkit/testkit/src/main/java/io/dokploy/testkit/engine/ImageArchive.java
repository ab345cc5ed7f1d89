package io.dokploy.testkit.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image as a tar stream. It looks like {@code docker save} to who looks for a manifest; only this engine reads it. */
final class ImageArchive {

    private static final String ENTRY = "in-memory-image.properties";

    private ImageArchive() {}

    /** An image and the names that it had. */
    record Saved(Image image, List<String> tags) {}

    static InputStream write(Saved saved) {
        var properties = new Properties();
        properties.setProperty("origin", saved.image.origin());
        properties.setProperty("created", saved.image.created().toString());
        properties.setProperty("health", String.valueOf(saved.image.hasHealthCheck()));
        saved.image.labels().forEach((name, value) -> properties.setProperty("label." + name, value));
        putList(properties, "tag.", saved.tags);
        putList(properties, "entry.", saved.image.entryPoint());
        putList(properties, "argument.", saved.image.arguments());
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            var text = new StringWriter();
            properties.store(text, null);
            put(tar, "manifest.json", "[{\"Config\":\"config.json\",\"RepoTags\":[],\"Layers\":[]}]");
            put(tar, "config.json", saved.image.config());
            put(tar, ENTRY, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    static Saved read(InputStream archive) {
        try {
            var tar = new TarArchiveInputStream(archive, "UTF-8");
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(ENTRY)) {
                    var properties = new Properties();
                    properties.load(new StringReader(new String(tar.readAllBytes(), StandardCharsets.UTF_8)));
                    return saved(properties);
                }
            }
        } catch (IOException e) {
            throw Refusals.refused("image archive", "it is not a tar stream: " + e.getMessage());
        }
        throw Refusals.refused("image archive", "there is no image in it");
    }

    private static Saved saved(Properties properties) {
        Map<String, String> labels = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("label.")) {
                labels.put(name.substring("label.".length()), properties.getProperty(name));
            }
        }
        var image = new Image(
                properties.getProperty("origin"),
                labels,
                Instant.parse(properties.getProperty("created")),
                Boolean.parseBoolean(properties.getProperty("health")),
                list(properties, "entry."),
                list(properties, "argument."));
        return new Saved(image, list(properties, "tag."));
    }

    private static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void putList(Properties properties, String prefix, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            properties.setProperty(prefix + i, values.get(i));
        }
    }

    private static List<String> list(Properties properties, String prefix) {
        List<String> values = new ArrayList<>();
        for (int i = 0; properties.containsKey(prefix + i); i++) {
            values.add(properties.getProperty(prefix + i));
        }
        return values;
    }
}
