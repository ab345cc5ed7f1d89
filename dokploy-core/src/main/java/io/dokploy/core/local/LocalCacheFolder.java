package io.dokploy.core.local;

import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.spi.CacheFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A folder that is held until it is closed, by whatever thread. */
final class LocalCacheFolder implements CacheFolder {

    private final Path directory;
    private final FileChannel lock;
    private final Semaphore permit;
    private final AtomicBoolean closed = new AtomicBoolean();

    LocalCacheFolder(Path directory, FileChannel lock, Semaphore permit) {
        this.directory = directory;
        this.lock = lock;
        this.permit = permit;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new TemporaryException(
                        Failure.temporary(
                                "cache-not-released", "cache " + directory, String.valueOf(e), "Restart the program."),
                        e);
            } finally {
                permit.release();
            }
        }
    }
}
