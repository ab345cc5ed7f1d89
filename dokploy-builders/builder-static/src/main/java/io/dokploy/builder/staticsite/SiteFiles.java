package io.dokploy.builder.staticsite;

import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Copies what may be served, readable for nginx whatever its mode was in the source. */
final class SiteFiles extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;
    private final Progress progress;
    private final CancelToken cancelToken;

    private SiteFiles(Path from, Path to, Progress progress, CancelToken cancelToken) {
        this.from = from;
        this.to = to;
        this.progress = progress;
        this.cancelToken = cancelToken;
    }

    /** Copies the files of a folder of {@code tree}. */
    static void copy(Path tree, String directory, Path to, Progress progress, CancelToken cancelToken)
            throws IOException {
        Path from = inside(tree, directory);
        Files.walkFileTree(from, new SiteFiles(from, to, progress, cancelToken));
    }

    /** Copies one file of {@code tree}. */
    static void copyFile(Path tree, String file, Path to) throws IOException {
        Files.copy(inside(tree, file), to);
        permit(to, "rw-r--r--");
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (!directory.equals(from) && isHidden(directory)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        Path target = to.resolve(from.relativize(directory).toString());
        Files.createDirectories(target);
        permit(target, "rwxr-xr-x");
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        cancelToken.throwIfCancelled();
        if (attributes.isSymbolicLink()) {
            progress.line("Not served, since it is a link: " + from.relativize(file));
        } else if (attributes.isRegularFile() && !isHidden(file) && !isDockerfile(file)) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            permit(target, "rw-r--r--");
        }
        return FileVisitResult.CONTINUE;
    }

    private boolean isHidden(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean wellKnown = name.equals(".well-known") && from.equals(file.getParent());
        return name.startsWith(".") && !wellKnown;
    }

    private static boolean isDockerfile(Path file) {
        return String.valueOf(file.getFileName()).equals("Dockerfile");
    }

    private static Path inside(Path tree, String path) throws IOException {
        Path root = tree.toRealPath();
        Path real = root.resolve(path).toRealPath();
        if (!real.startsWith(root)) {
            throw new UnsafeSourceException(
                    "\"" + path + "\"",
                    "it is a link that leaves the source.",
                    "Replace the link by what it points to.");
        }
        return real;
    }

    private static void permit(Path path, String mode) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(mode));
        }
    }
}
