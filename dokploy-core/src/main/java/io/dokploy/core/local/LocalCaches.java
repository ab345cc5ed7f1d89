package io.dokploy.core.local;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.spi.CacheFolder;
import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Folders that are kept between calls, one holder at a time: within this JVM by a permit, among JVMs of the machine by a
 * lock on a file beside the folder. Thread-safe; one instance for a root directory in a JVM, since closing any channel
 * of a file gives up all locks that the JVM has on it.
 */
public final class LocalCaches {

    private static final int RETRY_MILLIS = 50;

    private final Path root;
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();

    /** Folders below {@code root}, which is made on first use. */
    public LocalCaches(Path root) {
        this.root = root;
    }

    /**
     * Waits until nobody else has the folder of that name.
     *
     * @param name any text; what a file name cannot hold is replaced
     * @throws io.dokploy.api.error.DokployException as {@link CancelToken#throwIfCancelled()} if it fires meanwhile
     */
    public CacheFolder open(String name, CancelToken cancelToken) {
        String safeName = safe(name);
        Semaphore permit = permits.computeIfAbsent(safeName, unused -> new Semaphore(1, true));
        CountDownLatch cancelled = new CountDownLatch(1);
        boolean held = false;
        try (var registration = cancelToken.onCancel(cancelled::countDown)) {
            while (!permit.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                cancelToken.throwIfCancelled();
            }
            held = true;
            CacheFolder folder = lock(safeName, permit, cancelToken, cancelled);
            held = false;
            return folder;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("cache " + name, "the waiting thread was interrupted", "Try again.", e);
        } catch (IOException e) {
            throw new TemporaryException(
                    Failure.temporary(
                            "cache-unavailable",
                            "cache " + name,
                            String.valueOf(e),
                            "See that " + root + " is writable and its disk is not full."),
                    e);
        } finally {
            if (held) {
                permit.release();
            }
        }
    }

    private CacheFolder lock(String name, Semaphore permit, CancelToken cancelToken, CountDownLatch cancelled)
            throws IOException, InterruptedException {
        Path folder = root.resolve(name);
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            while (tryLock(channel) == null) {
                cancelled.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                cancelToken.throwIfCancelled();
            }
            locked = true;
            return new LocalCacheFolder(folder, channel, permit);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException another) {
            return null;
        }
    }

    private static String safe(String name) {
        if (name.matches("[a-z0-9][a-z0-9_-]{0,59}")) {
            return name;
        }
        String readable = name.replaceAll("[^A-Za-z0-9_-]+", "-");
        return readable.substring(0, Math.min(40, readable.length())) + "." + digest(name);
    }

    private static String digest(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
