package io.dokploy.core.deploy;

import io.dokploy.api.value.EnvironmentValue;
import io.dokploy.spi.engine.ContainerEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Copies files into a container that does not run yet. */
public final class ContainerFiles {

    private static final int TAR_BLOCK = 512;

    private ContainerFiles() {}

    /**
     * A file.
     *
     * @param path    absolute
     * @param content text
     * @param mode    permissions; {@code 0444} for whatever user the image runs as
     * @param owner   user id
     */
    public record Entry(String path, EnvironmentValue content, int mode, int owner) {

        /** One of root's. */
        public Entry(String path, EnvironmentValue content, int mode) {
            this(path, content, mode, 0);
        }
    }

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
                var entry = entry(file.path(), content.length, file.mode());
                entry.setUserId(file.owner());
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine.copyIn(container, "/", new ByteArrayInputStream(bytes.toByteArray()));
    }

    /**
     * Copies one file of any size, as its content comes.
     *
     * @param size of the content, which must have exactly that many bytes
     */
    public static void copy(
            String path, long size, int mode, InputStream content, String container, ContainerEngine engine) {
        int beyondLastBlock = (int) (size % TAR_BLOCK);
        var end = new byte[(beyondLastBlock == 0 ? 0 : TAR_BLOCK - beyondLastBlock) + 2 * TAR_BLOCK];
        var tar = List.of(
                new ByteArrayInputStream(header(path, size, mode)),
                new KeptOpen(content),
                new ByteArrayInputStream(end));
        engine.copyIn(container, "/", new SequenceInputStream(Collections.enumeration(tar)));
    }

    /** A sequence closes what it has read; whoever gave the content closes it. */
    private static final class KeptOpen extends FilterInputStream {

        KeptOpen(InputStream content) {
            super(content);
        }

        @Override
        public void close() {
            // not ours
        }
    }

    private static byte[] header(String path, long size, int mode) {
        var bytes = new ByteArrayOutputStream();
        // Not closed: what follows the header is written by others.
        var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        try {
            tar.putArchiveEntry(entry(path, size, mode));
            tar.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry entry(String path, long size, int mode) {
        var entry = new TarArchiveEntry(path.substring(1));
        entry.setSize(size);
        entry.setMode(mode);
        return entry;
    }
}
