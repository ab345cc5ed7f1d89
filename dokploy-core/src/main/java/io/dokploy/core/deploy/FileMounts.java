package io.dokploy.core.deploy;

import io.dokploy.api.application.ApplicationSpec;
import io.dokploy.api.application.Mount;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Copies the files of a spec into a container that does not run yet. */
final class FileMounts {

    private FileMounts() {}

    static void copy(ApplicationSpec spec, String container, ContainerEngine engine) {
        var bytes = new ByteArrayOutputStream();
        boolean any = false;
        try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Mount mount : spec.mounts()) {
                if (mount instanceof Mount.File file) {
                    var content = file.content().reveal().getBytes(StandardCharsets.UTF_8);
                    var entry = new TarArchiveEntry(file.target().substring(1));
                    entry.setSize(content.length);
                    // Readable by whatever user the image runs as; nobody else gets into the container.
                    entry.setMode(0444);
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                    tar.closeArchiveEntry();
                    any = true;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (any) {
            engine.copyIn(container, "/", new ByteArrayInputStream(bytes.toByteArray()));
        }
    }
}
