package io.dokploy.core.tree;

import io.dokploy.api.error.UnsafeSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes files of strangers below a directory: every path is checked, nothing is written twice or through a link, the
 * limits hold before a byte too much is written. Links are made last, by {@link #finish}. Thread-safe but for that.
 */
public final class TreeWriter {

    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path root;
    private final String subject;
    private final TreeLimits limits;
    private final AtomicLong entries;
    private final AtomicLong bytes;
    private final Set<String> directories = ConcurrentHashMap.newKeySet();
    private final Map<String, String> links = new ConcurrentSkipListMap<>();

    /**
     * Writes below an existing directory.
     *
     * @param subject for errors: {@code archive /tmp/shop.zip}
     * @param before  what is there already and counts
     */
    public TreeWriter(Path root, String subject, TreeLimits limits, TreeScan before) {
        this.root = root;
        this.subject = subject;
        this.limits = limits;
        this.entries = new AtomicLong(before.entries());
        this.bytes = new AtomicLong(before.bytes());
    }

    /** Writes into an empty directory. */
    public TreeWriter(Path root, String subject, TreeLimits limits) {
        this(root, subject, limits, TreeScan.EMPTY);
    }

    /** Makes a directory and those above it. */
    public void directory(String path) throws IOException {
        checkPath(path);
        makeDirectory(path);
    }

    /** Writes a file whose content is in memory. */
    public void file(String path, boolean executable, byte[] content) throws IOException {
        Path file = begin(path);
        reserve(path, content.length);
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw twice(path);
        }
        Files.setPosixFilePermissions(file, executable ? EXECUTABLE : PLAIN);
    }

    /** Writes a file from a stream, which is read to its end but not closed. */
    public void file(String path, boolean executable, InputStream content) throws IOException {
        Path file = begin(path);
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                size += n;
                requireFileSize(path, size);
                addBytes(n);
                out.write(buffer, 0, n);
            }
        } catch (FileAlreadyExistsException e) {
            throw twice(path);
        }
        Files.setPosixFilePermissions(file, executable ? EXECUTABLE : PLAIN);
    }

    /** Remembers a symbolic link; it is made by {@link #finish}. */
    public void link(String path, String target) throws IOException {
        begin(path);
        if (target.indexOf('\0') >= 0 || target.isEmpty()) {
            throw unsafe("the symbolic link " + path + " has no valid target");
        }
        if (links.putIfAbsent(path, target) != null) {
            throw twice(path);
        }
    }

    /** Refuses a file of that size before it is begun. */
    public void requireFileSize(String path, long size) {
        if (size > limits.fileBytes()) {
            throw unsafe("the file " + SafePath.shown(path) + " is larger than " + limits.fileBytes() + " bytes");
        }
        if (bytes.get() + size > limits.totalBytes()) {
            throw tooMuch();
        }
    }

    /** Removes a file, link or empty directory that is there, and the directories above it that are empty then. */
    public void remove(String path) throws IOException {
        checkPath(path);
        Path file = root.resolve(path);
        var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Files.delete(file);
        entries.decrementAndGet();
        if (attributes.isRegularFile()) {
            bytes.addAndGet(-attributes.size());
        }
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            removeIfEmpty(path.substring(0, slash));
        }
    }

    private void removeIfEmpty(String path) throws IOException {
        try (var children = Files.newDirectoryStream(root.resolve(path))) {
            if (children.iterator().hasNext()) {
                return;
            }
        }
        directories.remove(path);
        remove(path);
    }

    /** Makes the links and says what is there now; a link that leaves the tree is refused. */
    public TreeScan finish() throws IOException {
        for (var link : links.entrySet()) {
            try {
                Files.createSymbolicLink(root.resolve(link.getKey()), Path.of(link.getValue()));
            } catch (FileAlreadyExistsException e) {
                throw twice(link.getKey());
            } catch (InvalidPathException e) {
                throw unsafe("the symbolic link " + link.getKey() + " has no valid target");
            }
        }
        TreeScan scan = TreeScan.of(root);
        scan.requireLinksInside(root, subject);
        return scan;
    }

    private Path begin(String path) throws IOException {
        checkPath(path);
        addEntry();
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            makeDirectory(path.substring(0, slash));
        }
        return root.resolve(path);
    }

    private void checkPath(String path) {
        SafePath.problem(path).ifPresent(problem -> {
            throw unsafe("the path \"" + SafePath.shown(path) + "\" " + problem);
        });
        try {
            root.resolve(path);
        } catch (InvalidPathException e) {
            throw new UnsafeSourceException(
                    subject,
                    "the name \"" + SafePath.shown(path) + "\" cannot be written with this JVM's file name encoding",
                    "Start the JVM with a UTF-8 locale, for example LC_ALL=C.UTF-8.",
                    e);
        }
    }

    private void makeDirectory(String path) throws IOException {
        if (directories.contains(path)) {
            return;
        }
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            makeDirectory(path.substring(0, slash));
        }
        Path directory = root.resolve(path);
        try {
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, EXECUTABLE);
            addEntry();
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw twice(path);
            }
        }
        directories.add(path);
    }

    private void reserve(String path, long size) {
        requireFileSize(path, size);
        addBytes(size);
    }

    private void addBytes(long more) {
        if (bytes.addAndGet(more) > limits.totalBytes()) {
            throw tooMuch();
        }
    }

    private void addEntry() {
        if (entries.incrementAndGet() > limits.entries()) {
            throw unsafe("there are more than " + limits.entries() + " files");
        }
    }

    private UnsafeSourceException twice(String path) {
        return unsafe("the path \"" + SafePath.shown(path) + "\" is there twice, or is a file and a directory");
    }

    private UnsafeSourceException tooMuch() {
        return unsafe("the files are larger than " + limits.totalBytes() + " bytes together");
    }

    private UnsafeSourceException unsafe(String reason) {
        return new UnsafeSourceException(
                subject, reason, "Take it out of the source, or raise the limit if it is one.");
    }
}
