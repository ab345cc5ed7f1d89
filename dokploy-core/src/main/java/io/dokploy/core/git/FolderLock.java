package io.dokploy.core.git;

import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A lock file: held by one in this JVM and in any other; let go by the kernel when the JVM dies. */
final class FolderLock implements AutoCloseable {

    private static final long POLL_NANOS = 5_000_000;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it if it is free. */
    static Optional<FolderLock> tryTake(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new FolderLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Somebody of this JVM has it.
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** Waits for it, until cancelled. */
    static FolderLock take(Path file, CancelToken cancel) throws IOException {
        while (true) {
            cancel.throwIfCancelled();
            var lock = tryTake(file);
            if (lock.isPresent()) {
                return lock.get();
            }
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new java.io.InterruptedIOException("interrupted while waiting for " + file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
