package io.dokploy.core.local;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one running instance for what must not outlive it: its workspaces are made below. It is held by a lock,
 * which the kernel lets go when the process dies; whoever opens the next one clears those of the dead: ends the programs
 * that still work in them, then removes them. Thread-safe.
 */
public final class WorkFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final String LOCK = ".lock";

    private final Path directory;
    private final Path lockFile;
    private final FileChannel lock;

    private WorkFolder(Path directory, Path lockFile, FileChannel lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Makes one below {@code root}, which is made if it is missing, and clears those whose process has died.
     *
     * @throws TemporaryException if it cannot be made: no space, no permission
     */
    public static WorkFolder open(Path root) {
        try {
            Files.createDirectories(root);
            var real = root.toRealPath();
            clearDead(real);
            // The lock comes first: a folder without one is taken for dead.
            var lockFile = Files.createTempFile(
                    real,
                    thisProcess(),
                    LOCK,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            var lock = FileChannel.open(lockFile, StandardOpenOption.WRITE);
            lock.lock();
            if (!Files.exists(lockFile)) {
                // Another process that starts has taken it for dead before it was locked.
                lock.close();
                return open(root);
            }
            var directory = folderOf(lockFile);
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new WorkFolder(directory, lockFile, lock);
        } catch (IOException e) {
            throw failed("work-folder-not-made", root, e);
        }
    }

    /** Where workspaces are made. */
    public Path directory() {
        return directory;
    }

    /** Removes it. */
    @Override
    public void close() {
        try {
            LocalWorkspace.of(directory).close();
            Files.deleteIfExists(lockFile);
            lock.close();
        } catch (IOException e) {
            throw failed("work-folder-not-removed", directory, e);
        }
    }

    private static void clearDead(Path root) throws IOException {
        for (Path lockFile : locks(root)) {
            // A second channel on a file of this process's own would give up its lock when it is closed.
            if (!lockFile.getFileName().toString().startsWith(thisProcess())) {
                clearIfDead(lockFile);
            }
        }
    }

    private static List<Path> locks(Path root) throws IOException {
        try (var files = Files.list(root)) {
            return files.filter(file -> file.toString().endsWith(LOCK)).toList();
        }
    }

    private static void clearIfDead(Path lockFile) {
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                var free = channel.tryLock()) {
            if (free != null) {
                var folder = folderOf(lockFile);
                ProcessTree.endAllIn(folder);
                LocalWorkspace.of(folder).close();
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException | OverlappingFileLockException | TemporaryException e) {
            LOG.warn("What a dead process left at {} cannot be removed now; the next start tries again", lockFile, e);
        }
    }

    private static Path folderOf(Path lockFile) {
        var name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    /** Its number alone would come again: in a container it always is 1. */
    private static String thisProcess() {
        var self = ProcessHandle.current();
        return self.pid() + "-"
                + self.info().startInstant().map(Instant::toEpochMilli).orElse(0L) + "-";
    }

    private static TemporaryException failed(String code, Path path, IOException e) {
        return new TemporaryException(
                Failure.temporary(
                        code,
                        "folder " + path,
                        String.valueOf(e),
                        "See that the directory is writable and its disk is not full."),
                e);
    }
}
