package io.dokploy.core.local;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.spi.Workspace;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory with mode 0700 that is removed with all in it, never through a link. Thread-safe. */
public final class LocalWorkspace implements Workspace {

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path directory;

    private LocalWorkspace(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes one below {@code root}, which is made if it is missing.
     *
     * @throws TemporaryException if it cannot be made: no space, no permission
     */
    public static LocalWorkspace create(Path root) {
        try {
            Files.createDirectories(root);
            return new LocalWorkspace(Files.createTempDirectory(
                    root.toRealPath(), "work-", PosixFilePermissions.asFileAttribute(PRIVATE)));
        } catch (IOException e) {
            throw new TemporaryException(
                    Failure.temporary(
                            "workspace-not-made",
                            "workspace below " + root,
                            String.valueOf(e),
                            "See that the directory is writable and its disk is not full."),
                    e);
        }
    }

    /** One that is there already, to be removed. */
    static LocalWorkspace of(Path directory) {
        return new LocalWorkspace(directory);
    }

    @Override
    public Path directory() {
        return directory;
    }

    /**
     * Removes it; does nothing if it is gone.
     *
     * @throws TemporaryException if something in it cannot be removed
     */
    @Override
    public void close() {
        try {
            Files.walkFileTree(directory, new Removal());
        } catch (NoSuchFileException gone) {
            // Somebody else removed it: as wanted.
        } catch (IOException e) {
            throw new TemporaryException(
                    Failure.temporary(
                            "workspace-not-removed",
                            "workspace " + directory,
                            String.valueOf(e),
                            "Remove the directory by hand."),
                    e);
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Files.setPosixFilePermissions(directory, PRIVATE);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            // A directory that may not be read cannot be opened before its mode is changed: then it is walked again.
            if (Files.isDirectory(file, java.nio.file.LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file)) {
                Files.setPosixFilePermissions(file, PRIVATE);
                Files.walkFileTree(file, this);
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) throws IOException {
            if (problem != null) {
                throw problem;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
