package io.dokploy.core.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * What lies in a directory now, without reading the files.
 *
 * @param fingerprint over path, kind, permissions, size, time and inode of everything: another one means that somebody
 *                    changed something
 * @param entries     files, directories and links
 * @param bytes       of all files
 * @param links       all symbolic links, relative to the directory
 */
public record TreeScan(String fingerprint, long entries, long bytes, List<Path> links) {

    /** Of an empty directory, for counting. */
    public static final TreeScan EMPTY = new TreeScan("", 0, 0, List.of());

    /** Looks at everything below {@code root}. */
    public static TreeScan of(Path root) throws IOException {
        var scan = new Scanner(root);
        scan.directory(root);
        return scan.result();
    }

    /** Refuses links that leave {@code root}. */
    public void requireLinksInside(Path root, String subject) throws IOException {
        new Links(root, subject).check(links);
    }

    private static final class Scanner {
        private final Path root;
        private final MessageDigest digest = TreeHash.sha256();
        private final List<Path> links = new ArrayList<>();
        private long entries;
        private long bytes;

        Scanner(Path root) {
            this.root = root;
        }

        void directory(Path directory) throws IOException {
            for (Path child : children(directory)) {
                var attributes = Files.readAttributes(child, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                entries++;
                add(child, attributes);
                if (attributes.isDirectory()) {
                    directory(child);
                } else if (attributes.isSymbolicLink()) {
                    links.add(root.relativize(child));
                } else {
                    bytes += attributes.size();
                }
            }
        }

        private void add(Path child, PosixFileAttributes attributes) {
            // The time of a directory is left out: it changes with what it holds, and that is here anyway.
            String line = child.getFileName() + "\0" + PosixFilePermissions.toString(attributes.permissions()) + "\0"
                    + attributes.fileKey() + "\0"
                    + (attributes.isDirectory() ? "directory" : attributes.size() + " " + attributes.lastModifiedTime())
                    + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }

        TreeScan result() {
            return new TreeScan(HexFormat.of().formatHex(digest.digest()), entries, bytes, List.copyOf(links));
        }
    }

    static List<Path> children(Path directory) throws IOException {
        try (var stream = Files.newDirectoryStream(directory)) {
            List<Path> children = new ArrayList<>();
            stream.forEach(children::add);
            Collections.sort(children);
            return children;
        } catch (UncheckedIOException | java.nio.file.DirectoryIteratorException e) {
            throw new IOException("cannot list " + directory, e);
        }
    }
}
