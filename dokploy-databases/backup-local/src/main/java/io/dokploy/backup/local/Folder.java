package io.dokploy.backup.local;

import io.dokploy.api.value.ByteSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * The folder with the objects. A file that is being written lies beside its object, under the object's name, a tilde, which
 * is in no key, and something random.
 */
final class Folder {

    static final char UNFINISHED = '~';

    private static final int TRIES = 100;

    private final Path root;
    private final boolean mounted;

    Folder(Path root, boolean mounted) {
        this.root = root;
        this.mounted = mounted;
    }

    Path root() {
        return root;
    }

    Path file(String key) {
        return root.resolve(key);
    }

    /** Has the folder there, or says why it cannot be used. */
    void ready() throws IOException {
        if (!mounted) {
            try {
                makeDirectory(root);
            } catch (IOException e) {
                throw explained("The folder for backups, " + root + ", cannot be made", e);
            }
        } else if (!Files.isDirectory(root) || Files.getFileStore(root).equals(Files.getFileStore(root.getRoot()))) {
            throw new IOException("Nothing is mounted at " + root
                    + ": the folder is missing, or on the root file system. Mount the share, and try again.");
        }
    }

    /** Makes the file that is written before the object of that key is there. */
    Path newUnfinished(String key) throws IOException {
        Path object = file(key);
        for (int tries = 1; ; tries++) {
            Path file = object.resolveSibling(object.getFileName().toString() + UNFINISHED + UUID.randomUUID());
            makeDirectory(directoryOf(object));
            try {
                return Files.createFile(file, mode("rw-------"));
            } catch (NoSuchFileException e) {
                // Somebody else removed the last object of the directory, and the directory with it.
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Removes the directories of a file that have become empty, upwards, but not the folder itself. */
    void removeEmptyAbove(Path file) throws IOException {
        try {
            for (Path empty = directoryOf(file); !empty.equals(root); empty = directoryOf(empty)) {
                Files.deleteIfExists(empty);
            }
        } catch (DirectoryNotEmptyException e) {
            // As it should be: others are there.
        }
    }

    /** Whether that error means that there is no such file; also if what should be its directory is a file. */
    boolean isMissing(Path file, IOException error) {
        if (error instanceof NoSuchFileException) {
            return true;
        }
        for (Path above = directoryOf(file); !above.equals(root); above = directoryOf(above)) {
            if (Files.isRegularFile(above, LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }

    /** Makes the name of a file durable. */
    void syncName(Path file) throws IOException {
        sync(directoryOf(file));
    }

    private static Path directoryOf(Path file) {
        return Objects.requireNonNull(file.getParent(), "every object is below the folder");
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The error in words that say what to do. */
    IOException explained(String what, IOException error) {
        String reason = error instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : String.valueOf(error.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return new IOException(
                    what + ": " + reason + ", " + free() + " are free at " + root
                            + ". Remove old backups or what else is there, or use a larger disk.",
                    error);
        }
        if (error instanceof AccessDeniedException) {
            return new IOException(
                    what + ": access denied. Give the user of this process write access to " + root, error);
        }
        if (error instanceof FileAlreadyExistsException || lower.contains("not a directory")) {
            return new IOException(what + ": " + reason(error) + " is a file and no directory.", error);
        }
        return new IOException(what + ": " + reason, error);
    }

    private static String reason(IOException error) {
        return error instanceof FileSystemException failed ? String.valueOf(failed.getFile()) : "something above it";
    }

    private String free() {
        try {
            return ByteSize.bytes(Files.getFileStore(root).getUsableSpace()).toString();
        } catch (IOException e) {
            return "no more than a few bytes";
        }
    }

    private void makeDirectory(Path directory) throws IOException {
        for (int tries = 1; !Files.isDirectory(directory); tries++) {
            Path parent = directory.getParent();
            if (parent != null) {
                makeDirectory(parent);
            }
            try {
                Files.createDirectory(directory, mode("rwx------"));
                if (parent != null) {
                    sync(parent);
                }
            } catch (FileAlreadyExistsException e) {
                if (tries == TRIES || Files.isRegularFile(directory)) {
                    throw e;
                }
            } catch (NoSuchFileException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private FileAttribute<?>[] mode(String permissions) {
        return root.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
