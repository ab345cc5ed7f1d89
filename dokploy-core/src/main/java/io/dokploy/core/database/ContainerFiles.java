package io.dokploy.core.database;

import io.dokploy.spi.database.Blueprint;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Copies files into a container that does not run yet. */
final class ContainerFiles {

    private ContainerFiles() {}

    static void copy(List<Blueprint.File> files, String container, ContainerEngine engine) {
        if (files.isEmpty()) {
            return;
        }
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Blueprint.File file : files) {
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
