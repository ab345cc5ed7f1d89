package io.dokploy.core.git;

import io.dokploy.api.error.CancelledException;
import io.dokploy.api.error.DokployException;
import io.dokploy.api.error.Failure;
import io.dokploy.api.error.TemporaryException;
import io.dokploy.spi.CancelToken;
import io.dokploy.spi.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackInvalidException;

/** The folders of the cached repositories. Work on one of them holds its lock, and a broken one is made anew. */
final class CacheFolders {

    private final Path root;
    private final long mostPackBytes;

    /** Refuses to fetch more than {@code mostPackBytes} at once. */
    CacheFolders(Path root, long mostPackBytes) {
        this.root = root;
        this.mostPackBytes = mostPackBytes;
    }

    /** What is done with an open repository. */
    @FunctionalInterface
    interface Work<T> {
        T with(CacheRepository repository) throws IOException;
    }

    /** Does it once. */
    <T> T with(String folder, CancelToken cancel, Work<T> work) throws IOException {
        try (var lock = FolderLock.take(root.resolve(folder + ".lock"), cancel);
                var repository = CacheRepository.open(root.resolve(folder), mostPackBytes)) {
            return work.with(repository);
        }
    }

    /** Does it, and if what is on disk turns out to be broken, does it again from nothing. */
    <T> T healing(String folder, Progress progress, CancelToken cancel, Work<T> work) {
        try {
            try {
                return with(folder, cancel, work);
            } catch (LargeObjectException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                cancel.throwIfCancelled();
                if (!isBroken(e)) {
                    throw e;
                }
                progress.line("The cached repository is broken (" + e.getMessage() + "); it is fetched again.");
                delete(folder, cancel);
                return with(folder, cancel, work);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Removes the objects of a repository. */
    void delete(String folder, CancelToken cancel) throws IOException {
        try (var lock = FolderLock.take(root.resolve(folder + ".lock"), cancel)) {
            deleteTree(root.resolve(folder));
        }
    }

    static DokployException failed(IOException e) {
        if (isInterrupt(e)) {
            return new CancelledException("source cache", "the waiting thread was interrupted", "Try again.", e);
        }
        return new TemporaryException(
                Failure.temporary(
                        "source-cache-unavailable",
                        "source cache",
                        "cannot be read or written: " + e.getMessage(),
                        "See that its disk is not full and that this process may write there; then try again."),
                e);
    }

    private static boolean isInterrupt(Exception e) {
        return e instanceof InterruptedIOException || e instanceof ClosedByInterruptException;
    }

    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether the fault lies with the files of the cache: any fault in reading but the user's, an interrupt or a full disk. */
    static boolean isBroken(Exception failure) {
        if (failure instanceof DokployException) {
            return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                    .limit(10)
                    .anyMatch(cause -> cause instanceof MissingObjectException
                            || cause instanceof CorruptObjectException
                            || cause instanceof PackInvalidException);
        }
        return !isInterrupt(failure) && !String.valueOf(failure.getMessage()).contains("No space left");
    }
}
