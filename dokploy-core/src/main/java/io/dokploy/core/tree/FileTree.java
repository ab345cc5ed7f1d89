package io.dokploy.core.tree;

import io.dokploy.api.error.SourceNotFoundException;
import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.spi.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A checked tree in a directory. Thread-safe. */
public final class FileTree implements SourceTree {

    private static final int LONGEST_TEXT = 1024 * 1024;

    private final Path root;
    private final String hash;

    /** A tree that {@link TreeWriter} wrote and {@link TreeScan#requireLinksInside} has checked. */
    public FileTree(Path root, String hash) {
        this.root = root;
        this.hash = hash;
    }

    @Override
    public Path directory() {
        return root;
    }

    @Override
    public String hash() {
        return hash;
    }

    @Override
    public boolean hasFile(String path) {
        return Files.isRegularFile(resolve(path));
    }

    @Override
    public boolean hasDirectory(String path) {
        return Files.isDirectory(resolve(path));
    }

    @Override
    public Optional<String> read(String path) {
        if (!hasFile(path)) {
            return Optional.empty();
        }
        try (InputStream in = open(path)) {
            byte[] bytes = in.readNBytes(LONGEST_TEXT + 1);
            if (bytes.length > LONGEST_TEXT) {
                throw new UnsafeSourceException(
                        "file " + path,
                        "is longer than 1 MiB",
                        "A file that is read as configuration must be smaller.");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(String path) {
        try {
            return Files.newInputStream(resolve(path));
        } catch (IOException e) {
            throw new SourceNotFoundException(
                    "file " + path, "cannot be opened: " + e.getMessage(), "Name a file of the source.", e);
        }
    }

    @Override
    public List<String> list(String directory) {
        try {
            return TreeScan.children(resolve(directory)).stream()
                    .map(child -> String.valueOf(child.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new SourceNotFoundException(
                    "directory " + directory,
                    "cannot be listed: " + e.getMessage(),
                    "Name a directory of the source.",
                    e);
        }
    }

    private Path resolve(String path) {
        if (path.isEmpty() || path.equals(".")) {
            return root;
        }
        Path resolved = root.resolve(path).normalize();
        if (path.startsWith("/") || !resolved.startsWith(root)) {
            throw new UnsafeSourceException(
                    "path " + path, "leads out of the source", "Give a path relative to the root of the source.");
        }
        return resolved;
    }
}
