package io.dokploy.core.deploy;

import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Copies texts as files into a container that does not run yet. */
public final class ContainerFiles {

    private ContainerFiles() {}

    /**
     * A file of root's.
     *
     * @param path    absolute
     * @param content text
     * @param mode    permissions; {@code 0444} for whatever user the image runs as
     */
    public record Entry(String path, EnvironmentValue content, int mode) {}

    /** Copies them; does nothing if there are none. */
    public static void copy(List<Entry> files, String container, ContainerEngine engine) {
        if (files.isEmpty()) {
            return;
        }
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Entry file : files) {
                var content = file.content().reveal().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.path().substring(1));
                entry.setSize(content.length);
                entry.setMode(file.mode());
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine.copyIn(container, "/", new ByteArrayInputStream(bytes.toByteArray()));
    }
}
