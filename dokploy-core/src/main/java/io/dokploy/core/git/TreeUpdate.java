package io.dokploy.core.git;

import io.dokploy.api.error.UnsafeSourceException;
import io.dokploy.core.tree.TreeWriter;
import io.dokploy.spi.CancelToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Brings the files of one tree part from what they are to what they should be: what is gone is removed first, then what
 * is new is written, by several threads. Attributes such as eol or ident are not applied: files are as in the repository.
 */
final class TreeUpdate {

    private static final int BATCH = 4096;
    private static final int CHUNK = 64;

    private final CacheRepository repository;
    private final TreePart part;
    private final TreeWriter writer;
    private final ExecutorService threads;
    private final CancelToken cancel;
    private final Queue<LfsFile> lfsFiles = new ConcurrentLinkedQueue<>();

    TreeUpdate(
            CacheRepository repository, TreePart part, TreeWriter writer, ExecutorService threads, CancelToken cancel) {
        this.repository = repository;
        this.part = part;
        this.writer = writer;
        this.threads = threads;
        this.cancel = cancel;
    }

    private record Blob(String path, ObjectId id, boolean executable) {}

    /** Removes what the tree {@code old} had and the new one has not, or has otherwise. */
    void removeGone(ObjectId old) throws IOException {
        try (var walk = walk(old)) {
            while (walk.next()) {
                int mode = walk.getRawMode(0);
                if (!FileMode.MISSING.equals(mode)) {
                    writer.remove(part.resolve(walk.getPathString()));
                }
            }
        }
    }

    /** Writes what the tree has and {@code old} had not, or had otherwise; LFS files are left out and returned. */
    List<LfsFile> writeNew(ObjectId old) throws IOException {
        List<Blob> batch = new ArrayList<>();
        try (var walk = walk(old)) {
            while (walk.next()) {
                int mode = walk.getRawMode(1);
                if (FileMode.MISSING.equals(mode)) {
                    continue;
                }
                String path = part.resolve(walk.getPathString());
                if (FileMode.GITLINK.equals(mode)) {
                    writer.directory(path);
                } else if (FileMode.SYMLINK.equals(mode)) {
                    writer.link(path, target(walk.getObjectReader(), walk.getObjectId(1), path));
                } else if (isFile(mode)) {
                    batch.add(new Blob(path, walk.getObjectId(1), FileMode.EXECUTABLE_FILE.equals(mode)));
                }
                if (batch.size() == BATCH) {
                    write(batch);
                    batch.clear();
                }
            }
        }
        write(batch);
        return List.copyOf(lfsFiles);
    }

    private TreeWalk walk(ObjectId old) throws IOException {
        var walk = new TreeWalk(repository);
        if (old.equals(ObjectId.zeroId())) {
            walk.addTree(new EmptyTreeIterator());
        } else {
            walk.addTree(new CanonicalTreeParser(null, walk.getObjectReader(), old));
        }
        walk.addTree(new CanonicalTreeParser(null, walk.getObjectReader(), part.tree()));
        walk.setFilter(TreeFilter.ANY_DIFF);
        walk.setRecursive(true);
        return walk;
    }

    private void write(List<Blob> blobs) throws IOException {
        List<Future<?>> running = new ArrayList<>();
        for (int from = 0; from < blobs.size(); from += CHUNK) {
            var chunk = List.copyOf(blobs.subList(from, Math.min(from + CHUNK, blobs.size())));
            running.add(threads.submit(() -> {
                writeChunk(chunk);
                return null;
            }));
        }
        IOException failed = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException runtime) {
                    running.forEach(other -> other.cancel(true));
                    throw runtime;
                }
                failed = e.getCause() instanceof IOException io ? io : new IOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new java.io.InterruptedIOException("interrupted while files were written");
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void writeChunk(List<Blob> chunk) throws IOException {
        try (var reader = repository.newObjectReader()) {
            for (Blob blob : chunk) {
                cancel.throwIfCancelled();
                write(reader, blob);
            }
        }
    }

    private void write(ObjectReader reader, Blob blob) throws IOException {
        var object = reader.open(blob.id(), Constants.OBJ_BLOB);
        if (object.isLarge()) {
            writer.requireFileSize(blob.path(), object.getSize());
            try (InputStream in = object.openStream()) {
                writer.file(blob.path(), blob.executable(), in);
            }
            return;
        }
        byte[] content = object.getCachedBytes();
        var pointer = LfsPointer.parse(content);
        if (pointer.isPresent()) {
            lfsFiles.add(new LfsFile(blob.path(), blob.executable(), pointer.get()));
        } else {
            writer.file(blob.path(), blob.executable(), content);
        }
    }

    private String target(ObjectReader reader, ObjectId id, String path) throws IOException {
        var object = reader.open(id, Constants.OBJ_BLOB);
        if (object.getSize() > 4096) {
            throw new UnsafeSourceException(
                    "repository " + part.access().address().url(),
                    "the symbolic link " + path + " has no valid target",
                    "Correct the link and push.");
        }
        return new String(object.getCachedBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isFile(int mode) {
        return (mode & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }
}
