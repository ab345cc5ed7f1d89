package io.dokploy.core.traefik;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.RouterSetupException;
import io.dokploy.api.error.TemporaryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The folder that Traefik watches. Files appear there whole, by a rename from a folder beside it that Traefik does not
 * read. All files are for their owner only.
 */
final class RouteFolder {

    private static final String EXTENSION = ".yml";
    private static final long LOCK_PAUSE_MILLIS = 5;

    private final Path watched;
    private final Path working;

    /** Files for {@code watched} are prepared in {@code working}, on the same file system. */
    RouteFolder(Path watched, Path working) {
        this.watched = watched;
        this.working = working;
    }

    Path path() {
        return watched;
    }

    /** Makes the folders that are not there. @throws RouterSetupException if they cannot be written to */
    void prepare() {
        try {
            makePrivate(watched);
            makePrivate(working);
            Path probe = Files.createTempFile(working, "probe", ".tmp");
            Files.delete(probe);
        } catch (IOException e) {
            throw new RouterSetupException(
                    "folder " + watched,
                    "it cannot be written to: " + e,
                    "Let the user of this program write to it, or choose another folder.",
                    e);
        }
    }

    /** Replaces a file as a whole; a text that is there already is not written again. */
    void write(String name, String text) {
        if (read(name).filter(text::equals).isEmpty()) {
            place(watched.resolve(name + EXTENSION), text);
        }
    }

    /** Replaces a file of another kind, by its whole name. */
    void writeText(String file, String text) {
        place(watched.resolve(file), text);
    }

    /** Puts a file of another kind into a sub-folder. */
    void writeBeside(String folder, String file, String text) {
        try {
            Path target = makePrivate(watched.resolve(folder)).resolve(file);
            if (!Files.exists(target)) {
                place(target, text);
            }
        } catch (IOException e) {
            throw failure("cannot make folder " + folder, e);
        }
    }

    /** What is in a file. */
    Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(watched.resolve(name + EXTENSION)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("cannot read " + name + EXTENSION, e);
        }
    }

    /** Takes a file away. */
    void delete(String name) {
        deleteFile(watched.resolve(name + EXTENSION));
    }

    /** Takes a file of a sub-folder away. */
    void deleteBeside(String folder, String file) {
        deleteFile(watched.resolve(folder).resolve(file));
    }

    /** The names of files that begin so. */
    List<String> names(String prefix) {
        return list(watched).stream()
                .filter(file -> file.startsWith(prefix) && file.endsWith(EXTENSION))
                .map(file -> file.substring(0, file.length() - EXTENSION.length()))
                .toList();
    }

    /** The files of a sub-folder that begin so. */
    List<String> filesBeside(String folder, String prefix) {
        return list(watched.resolve(folder)).stream()
                .filter(file -> file.startsWith(prefix))
                .toList();
    }

    /** Runs {@code action} while nobody else, in this JVM or another one, does so under that name. */
    <T> T locked(String name, Supplier<T> action) {
        Path file = working.resolve(name + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (!lock.isValid()) {
                throw new IllegalStateException("the lock was lost: " + file);
            }
            return action.get();
        } catch (IOException e) {
            throw failure("cannot lock " + file, e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                // another thread of this JVM has it, for the few milliseconds that a write takes
                try {
                    Thread.sleep(LOCK_PAUSE_MILLIS);
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                    throw new FileLockInterruptionException();
                }
            }
        }
    }

    private void place(Path target, String text) {
        // Always the same name, so that what a process left that died here is written over by the next one.
        Path temporary = working.resolve(target.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            deleteFile(temporary);
            throw new RouterSetupException(
                    "folder " + watched,
                    "it is on another file system than " + working + ", so that files cannot be replaced at once",
                    "Mount the folder as a whole, not parts of it.",
                    e);
        } catch (IOException e) {
            deleteFile(temporary);
            throw failure("cannot write " + target.getFileName(), e);
        }
    }

    private static Path makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return folder;
    }

    private void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure("cannot delete " + file.getFileName(), e);
        }
    }

    private List<String> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("cannot list " + folder, e);
        }
    }

    private TemporaryException failure(String what, IOException cause) {
        return new TemporaryException(
                Failure.temporary(
                        "router-folder",
                        "folder " + watched,
                        what + ": " + cause,
                        "See that the folder is there, can be written to and has space left."),
                cause);
    }
}
